import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { faultTable, type FaultKind } from "../simulator/faults/index.js";
import { run } from "./run.js";

const page = await readFile(new URL("../../docs/cli.md", import.meta.url), "utf8");

async function help(...command: string[]): Promise<string> {
  let stdout = "";
  await run([...command, "--help"], {
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: () => {} },
    cwd: "/",
    env: {},
    signal: new AbortController().signal,
  });
  return stdout;
}

/** Names at the beginning of a section's lines. */
function names(text: string, title: string): string[] {
  const section = text.slice(text.indexOf(`${title}:`)).split("\n\n")[0] ?? "";
  return [...section.matchAll(/^ {2}(?:-\w, )?(--[\w-]+|[\w-]+)/gm)].map(([, name = ""]) => name);
}

/** Rows of the tables below a heading: their first cells. */
function firstCells(heading: string): string[] {
  const section = page.slice(page.indexOf(`\n## ${heading}\n`)).split("\n## ")[1] ?? "";
  return [...section.matchAll(/^\| `([^`]+)` /gm)].map(([, cell = ""]) => cell);
}

it("docs/cli.md has every command, and no other", async () => {
  const commands = names(await help(), "Commands").filter((name) => name !== "help");
  const documented = [...page.matchAll(/^ba-extension (\w+)/gm)].map(([, name]) => name);
  expect(commands.length).toBeGreaterThan(0);
  expect([...new Set(documented)].sort()).toEqual(commands.sort());
});

it("docs/cli.md has every option of simulate, with its value, and no other", async () => {
  const text = await help("simulate");
  const options = [...text.matchAll(/^ {2}(--[\w-]+(?: <\w[\w-]*>)?)/gm)].map(([, option]) => option);
  expect(options.length).toBeGreaterThan(5);
  expect(firstCells("`simulate`")).toEqual(options);
});

it("docs/cli.md has every kind of event", async () => {
  const [, list = ""] = /choices: ([^)]*)\)/.exec(await help("simulate")) ?? [];
  const kinds = list.match(/[\w-]+/g) ?? [];
  expect(kinds).toContain("resume");
  for (const kind of kinds) expect(page.split("## `simulate`")[0], kind).toMatch(new RegExp(`[ ,]${kind}\\b`));
});

it("docs/cli.md has every fault, with what it does, its value and its steps, and no other", () => {
  const rows = Object.entries<FaultKind>(faultTable).map(
    ([name, { effect, value, times }]) =>
      `| \`${name}\` | ${effect} |${value ? ` ${value.unit} ` : " "}| ${times === "once" ? "once" : "always"} |`,
  );
  for (const row of rows) expect(page).toContain(row);
  expect(firstCells("Faults").sort()).toEqual(Object.keys(faultTable).sort());
  for (const [name, { where }] of Object.entries<FaultKind>(faultTable)) {
    if (typeof where === "string") continue;
    expect(page).toContain(`- \`${name}\`: ${where.map((step) => `\`${step}\``).join(", ")}\n`);
  }
});

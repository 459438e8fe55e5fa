import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { defaultDeadlines, defaultPolicies } from "../config/index.js";
import { hostCallNames } from "../protocol/guest.js";
import { compileHandlers } from "./fixtures/compile-handlers.js";
import * as sdk from "./index.js";

const page = readFileSync(join(import.meta.dirname, "../../docs/handler.md"), "utf8");

/** The examples, each a module, by what stands above it. */
const examples = new Map(
  page.split(/^#+ /m).flatMap((section) => {
    const [heading = ""] = section.split("\n");
    return [...section.matchAll(/^```ts\n([^]*?)^```$/gm)].map(
      ([, text = ""], index) => [`${heading} ${index}`, text] as const,
    );
  }),
);
const findings = compileHandlers(examples);

test("every block of code on the page is an example", () => {
  expect(examples.size).toBe(page.split(/^```/m).length >> 1);
  expect(examples.size).toBeGreaterThan(5);
});

test.each([...examples.keys()])("docs/handler.md: %s compiles", (name) => {
  expect(findings.get(name)).toEqual([]);
});

test("the defaults on the page are the defaults", () => {
  const [deadlines = "", policies = ""] = ["deadlines", "policies"].map(
    (key) => new RegExp(`^  ${key}: \\{\n([^]*?)^  \\},`, "m").exec(page)?.[1],
  );
  const told = (block: string): Record<string, string> =>
    Object.fromEntries([...block.matchAll(/^ +(\w+): (.*),$/gm)].map(([, key = "", value = ""]) => [key, value]));
  const numbers = Object.entries(told(deadlines)).map(([key, value]) => [key, Number(value.replaceAll("_", ""))]);
  expect(Object.fromEntries(numbers)).toEqual(defaultDeadlines);
  const texts = Object.entries(defaultPolicies).map(([key, value]) => [key, JSON.stringify(value)]);
  expect(told(policies)).toEqual(Object.fromEntries(texts));
});

test("the page speaks of every function that a handler can import or call", () => {
  const functions = Object.keys(sdk);
  expect(functions).toContain("settings");
  for (const name of functions) expect(page).toMatch(new RegExp(`\\b${name}\\b`));
  const methods = hostCallNames.flatMap((name) => (/^(?:storage|settings|file)\.(.*)/.exec(name) ?? []).slice(1));
  expect(methods).toContain("copyTo");
  for (const method of methods) expect(page).toMatch(new RegExp(`\\b${method}\\b`));
});

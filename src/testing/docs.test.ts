import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import * as testing from "./index.js";

const root = new URL("../../", import.meta.url);
const page = await readFile(new URL("docs/testing.md", root), "utf8");

/** A block of the page, and the file that the line above it names. */
const quotes = [...page.matchAll(/^`([^`]+)`:\n\n```ts\n(.*?)^```$/gms)].map(([, file = "", code = ""]) => ({
  file,
  code,
}));

it("every block of docs/testing.md names the file that it quotes", () => {
  expect(quotes.length).toBe(page.match(/^```\w/gm)?.length);
  expect(quotes.length).toBeGreaterThan(5);
});

it.each(quotes)("docs/testing.md quotes lines that $file has", async ({ file, code }) => {
  const text = await readFile(new URL(file, root), "utf8");
  // Whole lines: a quote that begins or ends in the middle of one would say something else.
  expect(`\n${text}`).toContain(`\n${code}`);
});

it("docs/testing.md names everything that can be imported, and no matcher that there is not", () => {
  for (const name of Object.keys(testing)) expect(page, name).toMatch(new RegExp(`\\b${name}\\b`));
  const documented = [...page.matchAll(/`(to[A-Z]\w+)\(/g)].map(([, name]) => name);
  expect(documented.sort()).toEqual(Object.keys(testing.matchers).sort());
});

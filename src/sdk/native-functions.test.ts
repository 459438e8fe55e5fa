import { expect, test } from "vitest";
import { compileHandlers, type Finding } from "./fixtures/compile-handlers.js";

const declaration = `import type {} from "ba-extension";
declare module "ba-extension" {
  interface NativeFunctions {
    hasPurchased(productIdentifier: string): boolean;
    purchases(filter?: { readonly since: number }): Promise<readonly string[]>;
    signOut(): void;
    twoArguments(first: string, second: string): boolean;
  }
}
`;

const handler = (body: string): string => `import { native } from "ba-extension";
export async function callback(): Promise<unknown> {
${body}
}
`;

const config = (functions: string): string => `import { defineConfig } from "ba-extension/config";
export default defineConfig({
  bundleIdentifier: "com.example.game",
  applicationGroupIdentifier: "group.com.example.game",
  infoPlist: { app: { BAManifestURL: "https://a.example/manifest.json" } },
  simulate: { nativeFunctions: { ${functions} } },
});
`;

const good = {
  "a call with its argument": handler(
    `  const purchased: boolean = await native.call("hasPurchased", "dlc");\n  return purchased;`,
  ),
  "a call without one": handler(`  return native.call("signOut");`),
  "a call with one that may be left out": handler(
    `  const all: readonly string[] = await native.call("purchases");\n  return [all, await native.call("purchases", { since: 1 })];`,
  ),
  "a simulation of all": config(
    `hasPurchased: (id) => id.startsWith("free."), purchases: async () => ["a"], signOut() {}, twoArguments: () => true`,
  ),
  "a simulation of some, which may take its time": config(`hasPurchased: async () => true`),
};

const wrong: Readonly<Record<string, readonly [text: string, message: RegExp]>> = {
  "an unknown name": [handler(`  return native.call("hasPurchase", "dlc");`), /"hasPurchase"/],
  "an argument of another type": [handler(`  return native.call("hasPurchased", 1);`), /'number'.*'string'/],
  "a missing argument": [handler(`  return native.call("hasPurchased");`), /Expected 2 arguments/],
  "a second argument": [handler(`  return native.call("hasPurchased", "dlc", 1);`), /Expected 2 arguments/],
  "a function with two parameters": [handler(`  return native.call("twoArguments", "a", "b");`), /'never'/],
  "a result of another type": [
    handler(`  const id: string = await native.call("hasPurchased", "dlc");\n  return id;`),
    /'boolean'.*'string'/,
  ],
  "a simulated function with another parameter": [config(`hasPurchased: (id: number) => id > 1`), /number/],
  "a simulated function with another result": [config(`hasPurchased: () => "yes"`), /'string'.*'boolean/],
  "a simulated function of another name": [config(`hasPurchase: () => true`), /'hasPurchase' does not exist/],
  "a simulated function that is none": [config(`hasPurchased: true`), /boolean/],
};

const findings = compileHandlers(
  new Map([
    ["declaration", declaration],
    ...Object.entries(good),
    ...Object.entries(wrong).map(([name, [text]]) => [name, text] as const),
  ]),
);
const messages = (found: readonly Finding[] | undefined): string =>
  (found ?? []).map(({ message }) => message).join("\n");

test.each(["declaration", ...Object.keys(good)])("functions that were declared by merging: %s compiles", (name) => {
  expect(findings.get(name)).toEqual([]);
});

test.each(Object.keys(wrong))("functions that were declared by merging: %s is an error", (name) => {
  expect(messages(findings.get(name))).toMatch(wrong[name]![1]);
});

test("without a declaration no function can be called, and any can be simulated", () => {
  const without = compileHandlers(
    new Map([
      ["call", handler(`  return native.call("hasPurchased", "dlc");`)],
      ["simulation", config(`hasPurchased: () => true`)],
    ]),
  );
  expect(messages(without.get("call"))).toMatch(/'never'/);
  expect(without.get("simulation")).toEqual([]);
});

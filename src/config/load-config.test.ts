import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { UserError, renderError } from "../diagnostics/index.js";
import { entryFile, loadConfig } from "./index.js";

const folders: string[] = [];
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true })));

function project(files: Record<string, string>): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "ba-config-")));
  folders.push(root);
  for (const [name, text] of Object.entries({ "src/handler.ts": "export default {};\n", ...files })) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return root;
}

/** A config file whose rest is given, from line 6 on. */
const config = (rest = "", app = `BAManifestURL: "https://assets.example.com/manifest.json"`): string =>
  `import { defineConfig } from "ba-extension/config";
export default defineConfig({
  bundleIdentifier: "com.example.game",
  applicationGroupIdentifier: "group.com.example.game",
  infoPlist: { app: { ${app} } },
${rest}
});
`;

async function failure(files: Record<string, string>): Promise<{ error: UserError; text: string }> {
  const root = project(files);
  const error: unknown = await loadConfig(root).then(
    () => expect.fail("The configuration was accepted."),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof UserError)) throw error;
  return { error, text: renderError(error, { color: false, cwd: root }) };
}

test("loads TypeScript with files of its own and forgets nothing between two loads", async () => {
  const root = project({
    "ba.config.ts": `import { locale } from "./locale.js";\n${config("simulate: { locale, server: undefined as string | undefined },")}`,
    "locale.ts": `export const locale: string = "de-CH";\n`,
  });
  const loaded = await loadConfig(root);
  expect(loaded).toMatchObject({ root, file: join(root, "ba.config.ts") });
  expect(loaded.config.simulate).toEqual({ locale: "de-CH" });
  expect(loaded.inputs).toEqual(expect.arrayContaining([join(root, "ba.config.ts"), join(root, "locale.ts")]));
  expect(entryFile(loaded)).toBe(join(root, "src/handler.ts"));
  writeFileSync(join(root, "locale.ts"), `export const locale = "fr";\n`);
  expect((await loadConfig(root)).config.simulate?.locale).toBe("fr");
  expect(readdirSync(join(root, ".ba/config"))).toEqual([]);
});

test("runs a function, and uses packages of the project", async () => {
  const root = project({
    "ba.config.mjs": `import { group } from "names";
      export default async () => ({
        bundleIdentifier: "com.example.game", applicationGroupIdentifier: group,
        infoPlist: { app: { BAManifestURL: new URL("/m", "https://a.example").href, CFBundleName: "Game" } },
        entry: import.meta.url.endsWith("/ba.config.mjs") ? "src/handler.ts" : "nowhere",
      });`,
    "node_modules/names/package.json": `{ "name": "names", "main": "index.cjs" }`,
    "node_modules/names/index.cjs": `exports.group = "ABCDE12345.com.example";`,
  });
  expect((await loadConfig(root)).config).toMatchObject({
    applicationGroupIdentifier: "ABCDE12345.com.example",
    infoPlist: { app: { CFBundleName: "Game" } },
  });
});

test("an unknown key is shown at its place, with the one that was meant", async () => {
  const { error, text } = await failure({
    "ba.config.ts": config(`  simulate: { server: { directroy: "assets" } },`),
  });
  expect(error.code).toBe("BA_CONFIG_UNKNOWN_KEY");
  expect(text).toMatchInlineSnapshot(`
    "✘ error: \`simulate.server.directroy\` is not a key of the configuration. Did you mean \`directory\`? [BA_CONFIG_UNKNOWN_KEY]

        ba.config.ts:6:25
        6 │   simulate: { server: { directroy: "assets" } },
          ╵                         ~~~~~~~~~
    "
  `);
});

test("every problem is listed at once", async () => {
  const { error, text } = await failure({
    "ba.config.ts": `export default {
  bundleIdentifier: "game",
  applicationGroupIdentifier: "com.example.game",
  infoPlist: {
    app: {
      BAManifestURL: "http://assets.example.com/manifest.json",
      BAInitialDownloadRestrictions: { BADownloadAllowance: -1, BADownloadDomainAllowList: ["*.example.com", "https://a.example"] },
      BAMaxInstallSise: 1,
    },
  },
  simulate: { platform: "watchOS", locale: 7, osVersion: "latest", server: { bytesPerSecond: "fast", extra: 1 } },
  deadlines: { load: 0 },
  limits: { heapMegabytes: 1.5 },
  extra: true,
};
`,
  });
  expect(error.code).toBe("BA_CONFIG_INVALID");
  expect(error.problems.map(({ message, location }) => `${location?.line}:${location?.column} ${message}`))
    .toMatchInlineSnapshot(`
    [
      "2:3 \`bundleIdentifier\` must be a reverse-DNS name such as \`com.example.game\`: letters, digits, \`-\` and \`.\`.",
      "3:3 \`applicationGroupIdentifier\` must be \`group.\` or a team identifier of ten characters and a dot, followed by a name, such as \`group.com.example.game\`.",
      "6:7 \`infoPlist.app.BAManifestURL\` must be an https: URL; the system loads the manifest over HTTPS only.",
      "7:40 \`infoPlist.app.BAInitialDownloadRestrictions.BADownloadAllowance\` must not be negative.",
      "7:110 \`infoPlist.app.BAInitialDownloadRestrictions.BADownloadDomainAllowList[1]\` must be a DNS name such as \`assets.example.com\`, or \`*.example.com\` for every host below it; no scheme, port or path.",
      "11:15 \`simulate.platform\` must be "macOS" or "iOS".",
      "11:47 \`simulate.osVersion\` must be a version such as "26.1".",
      "11:36 \`simulate.locale\` must be a string, not a number.",
      "11:78 \`simulate.server.bytesPerSecond\` must be a number, not a string.",
      "11:102 \`simulate.server.extra\` is not a key of the configuration.",
      "12:16 \`deadlines.load\` must be more than 0.",
      "13:13 \`limits.heapMegabytes\` must be a whole number.",
      "14:3 \`extra\` is not a key of the configuration.",
      "8:7 \`infoPlist.app.BAMaxInstallSise\` is not a key of the configuration. Did you mean \`BAMaxInstallSize\`?",
    ]
  `);
  expect(text.match(/\[BA_CONFIG_INVALID\]/g)).toHaveLength(error.problems.length);
});

test.each([
  [
    "a scheme other than https for a server",
    `simulate: { server: "http://127.0.0.1:1" },`,
    "must be the https: origin of a server",
  ],
  [
    "a server that is neither text nor object",
    `simulate: { server: 8443 as never },`,
    "must be a string or an object, not a number",
  ],
  [
    "a wildcard among hosts",
    `simulate: { server: { hosts: ["*.example.com"] } },`,
    "`simulate.server.hosts[0]` must be a DNS name",
  ],
  [
    "a key within basicAuthentication",
    `simulate: { server: { basicAuthentication: { user: "u", passwrod: "secret-word" } } },`,
    "Did you mean `password`?",
  ],
  [
    "a policy that is none",
    `policies: { downlaods: "keep" as never },`,
    "`policies.downlaods` is not a key of the configuration. Did you mean `downloads`?",
  ],
  [
    "a disposition that no failed handler can have",
    `policies: { didReceiveChallenge: "useCredential" as never },`,
    '`policies.didReceiveChallenge` must be "performDefaultHandling" or "cancelChallenge" or "rejectProtectionSpace".',
  ],
  [
    "a policy about asset packs that is no answer",
    `policies: { shouldDownload: "no" as never },`,
    "`policies.shouldDownload` must be a boolean, not a string.",
  ],
  [
    "a deadline for asset packs that is none",
    `deadlines: { shouldDownload: 0.5 },`,
    "`deadlines.shouldDownload` must be a whole number",
  ],
  [
    "a native function that is none",
    `simulate: { nativeFunctions: { hasPurchased: true } as never },`,
    "`simulate.nativeFunctions.hasPurchased` must be a function.",
  ],
  [
    "native functions that are no object",
    `simulate: { nativeFunctions: [() => 1] as never },`,
    "`simulate.nativeFunctions` must be an object, not an array.",
  ],
  [
    "native functions at a misspelt key",
    `simulate: { nativeFuntions: {} as never },`,
    "Did you mean `nativeFunctions`?",
  ],
])("refuses %s", async (_, rest, words) => {
  const { error, text } = await failure({ "ba.config.ts": config(rest) });
  expect(error.message).toContain(words);
  expect(error.location?.line).toBe(6);
  expect(text).not.toContain("secret-word");
});

test("native functions stay the functions that the file wrote, also those of another module", async () => {
  const root = project({
    "ba.config.ts": `import * as app from "./app.js";\n${config("simulate: { nativeFunctions: { ...app, missing: undefined, answer: app.store } as never },")}\nexport { app };`,
    "app.ts": `const owned = new Set<string>();
export const store = Object.assign(async (id: string) => owned.add(id).size, { owned });
export function hasPurchased(id: string): boolean { return owned.has(id); }`,
  });
  const functions = (await loadConfig(root)).config.simulate?.nativeFunctions as unknown as {
    store: ((id: string) => Promise<number>) & { owned: Set<string> };
    hasPurchased: (id: string) => boolean;
    answer: unknown;
  };
  expect(Object.keys(functions).sort()).toEqual(["answer", "hasPurchased", "store"]);
  expect(functions.answer).toBe(functions.store);
  expect(functions.hasPurchased("dlc")).toBe(false);
  expect(await functions.store("dlc")).toBe(1);
  expect([functions.hasPurchased("dlc"), [...functions.store.owned]]).toEqual([true, ["dlc"]]);
});

test("policies, all or some of them", async () => {
  const policies = `policies: { downloads: "keep", didReceiveChallenge: undefined as never, shouldDownload: false },`;
  const loaded = await loadConfig(project({ "ba.config.ts": config(policies) }));
  expect(loaded.config.policies).toEqual({ downloads: "keep", shouldDownload: false });
});

test("a wrong policy is shown at its place, with those that are valid", async () => {
  const { error, text } = await failure({ "ba.config.ts": config(`  policies: { downloads: "retry" as never },`) });
  expect(error.code).toBe("BA_CONFIG_INVALID");
  expect(text).toMatchInlineSnapshot(`
    "✘ error: \`policies.downloads\` must be "discard" or "keep". [BA_CONFIG_INVALID]

        ba.config.ts:6:15
        6 │   policies: { downloads: "retry" as never },
          ╵               ~~~~~~~~~
    "
  `);
});

test("what is missing is asked for where it belongs", async () => {
  const { error } = await failure({ "ba.config.ts": config("", "") });
  expect(error.message).toBe("`infoPlist.app.BAManifestURL` is missing; it must be a string.");
  expect(error.location).toMatchObject({ line: 5, column: 16 });
});

test("a project without a config file is told how to make one", async () => {
  const { error } = await failure({});
  expect(error).toMatchObject({ code: "BA_CONFIG_MISSING", hint: expect.stringContaining("npm create ba-extension") });
});

test("a handler that does not exist is named, at the key that names it", async () => {
  const { error } = await failure({ "ba.config.ts": config(`  entry: "src/main.ts",`) });
  expect(error).toMatchObject({ code: "BA_ENTRY_MISSING", message: "The handler src/main.ts does not exist." });
  expect(error.location).toMatchObject({ line: 6, column: 3 });
});

test("a syntax error and an unresolved file are shown at their places", async () => {
  const { error } = await failure({ "ba.config.ts": `import "./nowhere.js";\nexport default { entry: };\n` });
  expect(error.code).toBe("BA_CONFIG_FAILED");
  expect(error.location).toMatchObject({ line: 2, column: 25 });
});

test("an exception is shown where it was thrown, also in another file", async () => {
  const { error, text } = await failure({
    "ba.config.ts": `import { required } from "./environment.js";\nexport default () => ({ entry: required("ENTRY") });\n`,
    "environment.ts": `interface Unused { a: string }\n\nexport function required(name: string): string {\n  throw new Error(\`\${name} is not set.\`);\n}\n`,
  });
  expect(error.code).toBe("BA_CONFIG_FAILED");
  expect(text).toMatchInlineSnapshot(`
    "✘ error: ba.config.ts threw: ENTRY is not set. [BA_CONFIG_FAILED]

        environment.ts:4:9
        4 │   throw new Error(\`\${name} is not set.\`);
          ╵         ~~~
    "
  `);
});

test("a package that is not installed is named, and not by the place of a temporary file", async () => {
  const { error } = await failure({ "ba.config.ts": `import "not-installed";\nexport default {};\n` });
  expect(error.message).toMatch(/^ba\.config\.ts threw: Cannot find package 'not-installed'/);
  expect(error.message).not.toContain(".ba/config");
});

test("a file without a default export says what to write", async () => {
  const { error } = await failure({ "ba.config.js": `export const config = {};\n` });
  expect(error).toMatchObject({ code: "BA_CONFIG_INVALID", hint: "Write `export default defineConfig({ … })`." });
});

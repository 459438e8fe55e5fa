import { execFile } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterEach, expect, test } from "vitest";
import { loadConfig, packageRoot } from "../config/index.js";
import { UserError, renderError } from "../diagnostics/index.js";
import { extensionConfiguration } from "../protocol/extension.js";
import { callbacksOf } from "../protocol/guest.js";
import type { Mode } from "../protocol/values.js";
import { buildBundle, createStackMapper, type Bundle } from "./index.js";

const run = promisify(execFile);
const folders: string[] = [];
afterEach(() => folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true })));

const config = `export default {
  bundleIdentifier: "com.example.game",
  applicationGroupIdentifier: "group.com.example.game",
  infoPlist: { app: { BAManifestURL: "https://assets.example.com/manifest.json" } },
};
`;

const minimal = `import { defineDownloaderExtension, urlDownload } from "ba-extension";

interface Asset { readonly id: string; readonly url: string; readonly size: number }

export default defineDownloaderExtension({
  async *downloads({ manifest }) {
    for (const { id, url, size } of manifest.json<Asset[]>()) {
      yield urlDownload({ identifier: id, request: url, fileSize: size });
    }
  },
  async downloadFinished(download, file) {
    await file.moveTo(download.identifier);
  },
});
`;

function project(files: Record<string, string>): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "ba-build-")));
  folders.push(root);
  for (const [name, text] of Object.entries({ "ba.config.ts": config, ...files })) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return root;
}

const build = async (root: string): Promise<Bundle> => buildBundle(await loadConfig(root));

async function failure(files: Record<string, string>): Promise<{ error: UserError; text: string; root: string }> {
  const root = project(files);
  const error: unknown = await build(root).then(
    () => expect.fail("The handler was built."),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof UserError)) throw error;
  expect(existsSync(join(root, ".ba/build/node/handler.cjs"))).toBe(false);
  return { error, text: renderError(error, { color: false, cwd: root }), root };
}

/** Runs a script in a process that is none of ours, with the bundle's exports as `bundle`. */
async function runBundle({ path }: Bundle, script: string): Promise<unknown> {
  const { stdout } = await run(process.execPath, ["-e", `const bundle = require(${JSON.stringify(path)});${script}`]);
  return JSON.parse(stdout);
}

/** Dispatches one event to the bundle and prints downloads and reply. */
const dispatch = (event: object, mode: Mode = "unmanaged"): string => `
  const emitted = [];
  const native = {
    emitDownload: (...args) => emitted.push(args),
    reply: (number, reply) => process.stdout.write(JSON.stringify({ emitted, reply: JSON.parse(reply) })),
    hostCall: () => 1, log() {}, readText: (path) => require("node:fs").readFileSync(path, "utf8"), readBytes() {},
  };
  const guest = bundle.start(native, ${JSON.stringify(
    JSON.stringify({
      mode,
      callbacks: callbacksOf[mode],
      environment: { platform: "macOS", osVersion: "26.1", locale: "en-US" },
      bundle: { infoDictionary: {}, appInfoDictionary: {} },
      clockOffset: 0,
    }),
  )});
  guest.dispatch(7, ${JSON.stringify(JSON.stringify(event))});`;

const contentRequest = (path: string, size = 2): object => ({
  kind: "downloads",
  contentRequest: "install",
  contentRequestRawValue: 1,
  essentialAllowed: true,
  manifest: { path, size },
  info: { restrictedDownloadSizeRemaining: null, restrictedEssentialDownloadSizeRemaining: null },
});

test.each([
  ["export default defineDownloaderExtension({\n  async downloadFinnished() {},\n});", "downloadFinnished"],
  ["export default {\n  downloads: () => [],\n  onDownload() { return { helper: 1 }; },\n};", "onDownload"],
])("a key that is no callback is refused at its place: %j", async (body, key) => {
  const root = project({ "src/handler.ts": `import { defineDownloaderExtension } from "ba-extension";\n${body}\n` });
  await expect(build(root)).rejects.toMatchObject({
    code: "BA_HANDLER_UNKNOWN_KEY",
    message: `"${key}" is no callback.`,
    location: { file: join(root, "src/handler.ts"), column: body.includes("async") ? 9 : 3 },
  });
});

test.each(["defineDownloaderExtension(", "defineManagedDownloaderExtension(", "defineStoreDownloaderExtension(", ""])(
  "a callback of another mode is refused, and told which the mode permits: %s",
  async (define) => {
    const names = "defineDownloaderExtension, defineManagedDownloaderExtension, defineStoreDownloaderExtension";
    const root = project({
      "src/handler.ts": `import { ${names} } from "ba-extension";\nexport default ${define}{\n  shouldDownload: () => true,\n}${define && ")"};\n`,
    });
    await expect(build(root)).rejects.toMatchObject({
      code: "BA_HANDLER_UNKNOWN_KEY",
      message: '"shouldDownload" is no callback.',
      hint: `A handler of mode "unmanaged" may have ${callbacksOf.unmanaged.join(", ")}.`,
      location: { file: join(root, "src/handler.ts"), line: 3, column: 3 },
    });
  },
);

test("`concurrent` is a key of a handler, and a misspelt one is told", async () => {
  const root = project({ "src/handler.ts": "export default { concurrent: true, downloads: () => [] };\n" });
  await expect(build(root)).resolves.toBeDefined();
  writeFileSync(join(root, "src/handler.ts"), "export default {\n  concurent: true,\n};\n");
  await expect(build(root)).rejects.toMatchObject({
    code: "BA_HANDLER_UNKNOWN_KEY",
    hint: 'Did you mean "concurrent"?',
    location: { line: 2, column: 3 },
  });
});

test.each([
  'import { make } from "./make.js";\nexport default make({ onDownload() {} });',
  "const handler = { downloads: () => [] };\nexport default { ...handler, downloadFailed() { return { deep: 1 } as never; } };",
])("a handler that is put together elsewhere is left to the load: %j", async (handler) => {
  const make = "export const make = (options: object) => ({ downloads: () => [options as never] });";
  await expect(build(project({ "src/handler.ts": handler, "src/make.ts": make }))).resolves.toBeDefined();
});

test("`import()` of a module of Node's becomes `require`, which engines have in a bundle", async () => {
  const root = project({
    "src/handler.ts": `export default { async downloads() { return (await import("node:os")).cpus() as never; } };`,
  });
  const code = readFileSync((await build(root)).path, "utf8");
  expect(code).toContain('require("node:os")');
  expect(code).not.toContain("import(");
});

test("the bundle answers an event in a plain process, and is a small ASCII file that names no place of this machine", async () => {
  const root = project({
    "src/handler.ts": minimal,
    "manifest.json": `[{ "id": "größe", "url": "https://a.example/x", "size": 3 }]`,
  });
  const bundle = await build(root);
  expect(bundle).toMatchObject({
    path: join(root, ".ba/build/node/handler.cjs"),
    mapPath: join(root, ".ba/build/node/handler.cjs.map"),
    configurationPath: join(root, ".ba/build/node/ba-extension.json"),
    entry: join(root, "src/handler.ts"),
    warnings: [],
  });
  expect(bundle.inputs).toContain(join(root, "src/handler.ts"));
  expect(bundle.inputs.every((input) => existsSync(input))).toBe(true);
  const answer = await runBundle(bundle, dispatch(contentRequest(join(root, "manifest.json"))));
  expect(answer).toMatchObject({
    emitted: [[7, "größe", "https://a.example/x", 3, false, 1, null, null]],
    reply: { status: "fulfilled" },
  });

  const code = readFileSync(bundle.path, "utf8");
  const map = JSON.parse(readFileSync(bundle.mapPath, "utf8")) as { sources: string[]; sourcesContent?: unknown };
  expect(bundle.bytes).toBe(Buffer.byteLength(code));
  expect(code).toMatch(/^[\0-\x7f]*$/);
  for (const place of [root, packageRoot(), tmpdir()]) {
    expect(code).not.toContain(place);
    expect(JSON.stringify(map)).not.toContain(place.slice(1));
  }
  expect(map.sources).toContain("../../../src/handler.ts");
  expect(map.sourcesContent).toBeUndefined();
  expect(readdirSync(dirname(bundle.path)).sort()).toEqual(["ba-extension.json", "handler.cjs", "handler.cjs.map"]);
  const configuration = JSON.parse(readFileSync(bundle.configurationPath, "utf8"));
  expect(extensionConfiguration.parse(configuration)).toEqual(configuration);
});

test("a handler pays for the services that it uses, and for no other", async () => {
  const used = {
    settings: [`settings.set("key", new Date())`, ["settings.set", "$date", "ABCDEFGHIJKLMNOP"]],
    downloadManager: [`downloadManager.currentDownloads()`, ["downloadManager.currentDownloads"]],
    native: [`(native as any).call("x")`, ["native.call"]],
    storage: [`storage.available()`, ["storage.available"]],
    notify: [`notify("x")`, ['"notify"']],
    ExclusiveControlError: [`new ExclusiveControlError("BA_X", "")`, ["BA_EXCLUSIVE_CONTROL"]],
    useCredential: [`useCredential({ user: "", password: "" })`, ["useCredential"]],
  } as const;
  const root = project({ "src/handler.ts": minimal });
  const without = readFileSync((await build(root)).path, "utf8");
  for (const [name, [call, traces]] of Object.entries(used)) {
    writeFileSync(
      join(root, "src/handler.ts"),
      `import { ${name} } from "ba-extension";\nexport default { downloadFailed: () => void ${call} };\n`,
    );
    const code = readFileSync((await build(root)).path, "utf8");
    for (const trace of traces) {
      expect(code, name).toContain(trace);
      expect(without, name).not.toContain(trace);
    }
  }
});

test("a handler is strict code, as every module is", async () => {
  const root = project({
    "src/handler.ts": `export default { downloads() { (function () { (this as unknown as { x: number }).x = 1; })(); return []; } };\n`,
  });
  const answer = await runBundle(await build(root), dispatch(contentRequest("/nowhere")));
  expect(answer).toMatchObject({
    reply: { status: "rejected", error: { message: expect.stringContaining("Cannot set properties of undefined") } },
  });
});

test("an exception is told at its place in the user's TypeScript", async () => {
  const root = project({
    "src/handler.ts": `import { choose } from "./choose.js";
import { defineDownloaderExtension } from "ba-extension";

export default defineDownloaderExtension({
  downloads: async ({ manifest }) => {
    await null;
    return choose(manifest.text());
  },
});
`,
    "src/choose.ts": `interface Unused { a: string }
function refuse(text: string): never {
  const length: number = text.length;
  throw new RangeError(\`No asset in \${length} bytes.\`);
}

export function choose(text: string): never {
  return refuse(text);
}
`,
    "manifest.json": "[]",
  });
  const bundle = await build(root);
  const answer = (await runBundle(bundle, dispatch(contentRequest(join(root, "manifest.json"))))) as {
    reply: { error: { stack: string } };
  };
  const { stack, location } = createStackMapper(bundle, root).map(answer.reply.error.stack);
  expect(location).toEqual({ file: join(root, "src/choose.ts"), line: 4, column: 9 });
  expect(stack).toContain("RangeError: No asset in 2 bytes.\n    at");
  expect(stack).toContain("src/choose.ts:4:9");
  expect(stack).toContain("(src/choose.ts:8:10)");
  expect(stack).toContain("src/handler.ts:7:12");
  expect(stack).toMatch(/at refuse .*\n.*at choose /);
  expect(stack).not.toContain("handler.cjs");
  expect(stack).not.toContain("guest");
});

test("an error of urlDownload's is placed at the handler's call, not inside this package", async () => {
  const root = project({
    "src/handler.ts": minimal,
    "manifest.json": `[{ "id": "a", "url": "http://a.example/", "size": 1 }]`,
  });
  const bundle = await build(root);
  const answer = (await runBundle(bundle, dispatch(contentRequest(join(root, "manifest.json"))))) as {
    reply: { error: { code: string; stack: string } };
  };
  expect(answer.reply.error.code).toBe("BA_DOWNLOAD_INVALID");
  const { stack, location } = createStackMapper(bundle, root).map(answer.reply.error.stack);
  expect(location).toEqual({ file: join(root, "src/handler.ts"), line: 8, column: 13 });
  expect(stack).not.toContain("sdk");
});

test("user info of an asset pack that is no JSON is told where the handler reads it", async () => {
  const handler = `const handler = {
  shouldDownload: (assetPack: { userInfo(): { tier: string } | null }) =>
    assetPack.userInfo()?.tier === "high",
};
export default handler;
`;
  const root = project({ "src/handler.ts": handler });
  const bundle = await build(root);
  const assetPack = { id: "a", version: 1, downloadSize: 1, language: null, userInfo: "high", description: "" };
  const answer = (await runBundle(bundle, dispatch({ kind: "shouldDownload", assetPack }, "managed"))) as {
    reply: { error: { message: string; stack: string } };
  };
  expect(answer.reply.error.message).toMatch(/^SyntaxError: .*JSON/);
  const { stack, location } = createStackMapper(bundle, root).map(answer.reply.error.stack);
  expect(location).toEqual({ file: join(root, "src/handler.ts"), line: 3, column: 15 });
  expect(stack).not.toContain("guest");
});

test("stacks of JavaScriptCore are mapped too", async () => {
  const root = project({ "src/handler.ts": minimal });
  const bundle = await build(root);
  const column =
    readFileSync(bundle.path, "utf8").indexOf(
      "moveTo(",
      readFileSync(bundle.path, "utf8").indexOf("async downloadFinished"),
    ) + 1;
  const line = readFileSync(bundle.path, "utf8").slice(0, column).split("\n").length;
  const inLine = column - (readFileSync(bundle.path, "utf8").lastIndexOf("\n", column - 1) + 1);
  const mapped = createStackMapper(bundle, root).map(
    `downloadFinished@${bundle.path}:${line}:${inLine}\n[native code]`,
  );
  expect(mapped.location).toMatchObject({ file: join(root, "src/handler.ts"), line: 12 });
  expect(mapped.stack).toBe("    at downloadFinished (src/handler.ts:12:16)\n[native code]");
});

test("a stack that does not speak of the bundle is left alone, and its map is not read", () => {
  const mapper = createStackMapper(
    { path: "/nowhere/handler.cjs", mapPath: "/nowhere/map", entry: "/nowhere/handler.ts" },
    "/nowhere",
  );
  const stack = "Error: x\n    at f (/elsewhere/a.js:1:2)\n    at node:internal/timers:3:4";
  expect(mapper.map(stack)).toEqual({ stack, location: null });
  expect(mapper.map(undefined)).toEqual({ stack: "", location: null });
});

test("a project behind a symbolic link is mapped, though Node names the file by its real path", async () => {
  const real = project({ "src/handler.ts": `export default { downloads() { throw new Error("x"); } };\n` });
  const root = `${real}-link`;
  symlinkSync(real, root);
  folders.push(root);
  const bundle = await build(root);
  const answer = (await runBundle(bundle, dispatch(contentRequest("/nowhere")))) as {
    reply: { error: { stack: string } };
  };
  expect(answer.reply.error.stack).toContain(join(real, ".ba/build/node/handler.cjs"));
  const { location } = createStackMapper(bundle, real).map(answer.reply.error.stack);
  expect(location).toEqual({ file: join(real, "src/handler.ts"), line: 1, column: 38 });
});

test("callbacks are found in the handler's file", async () => {
  const root = project({ "src/handler.ts": minimal });
  const mapper = createStackMapper(await build(root), root);
  expect(mapper.locateCallback("downloads")).toEqual({ file: join(root, "src/handler.ts"), line: 6, column: 10 });
  expect(mapper.locateCallback("downloadFinished")).toMatchObject({ line: 11, column: 9 });
  expect(mapper.locateCallback("downloadFailed")).toBeNull();
});

test("a syntax error is shown with its line", async () => {
  const { error, text } = await failure({ "src/handler.ts": `const größe = 1; const = 2;\nexport default {};\n` });
  expect(error.code).toBe("BA_BUILD_FAILED");
  expect(text).toMatchInlineSnapshot(`
    "✘ error: Expected identifier but found "=" [BA_BUILD_FAILED]

        src/handler.ts:1:24
        1 │ const größe = 1; const = 2;
          ╵                        ^
    "
  `);
});

test("all errors are shown, each at its place and with a way out", async () => {
  const { error, text } = await failure({
    "src/handler.ts": `import "./nowhere.js";\nimport { x } from "@scope/name/file";\nexport default { x };\n`,
  });
  expect(error.problems).toHaveLength(2);
  expect(text).toMatchInlineSnapshot(`
    "✘ error: Could not resolve "./nowhere.js" [BA_BUILD_FAILED]

        src/handler.ts:1:8
        1 │ import "./nowhere.js";
          ╵        ~~~~~~~~~~~~~~

    ✘ error: Could not resolve "@scope/name/file" [BA_BUILD_FAILED]

        src/handler.ts:2:19
        2 │ import { x } from "@scope/name/file";
          ╵                   ~~~~~~~~~~~~~~~~~~

      Install it (npm install @scope/name), or correct the import.
    "
  `);
});

test.each([
  ["a module without a default export", `export const handler = {};\n`],
  ["a module that only has types", `export type A = string;\n`],
  ["a script", `const handler = {};\n`],
  ["an empty file", ``],
])("%s is told what to export", async (_, text) => {
  const { error, root } = await failure({ "src/handler.ts": text });
  expect(error).toMatchObject({
    code: "BA_HANDLER_NO_DEFAULT_EXPORT",
    message: "The handler src/handler.ts has no default export.",
    hint: "Write `export default defineDownloaderExtension({ … })`.",
    location: { file: join(root, "src/handler.ts"), line: 1, column: 1 },
  });
});

test("Node's modules stay outside, and bare names are remarked on in the user's own files", async () => {
  const root = project({
    "src/handler.ts": `import { sep } from "node:path";\nimport { EOL } from "os";\nimport { name } from "package";\nexport default { downloads: () => [sep, EOL, name] };\n`,
    "node_modules/package/package.json": `{ "name": "package", "main": "main.js" }`,
    "node_modules/package/main.js": `const path = require("path"); exports.name = path.basename("/x/y");\n`,
  });
  const bundle = await build(root);
  expect(readFileSync(bundle.path, "utf8")).toMatch(/require\("node:path"\).*require\("node:os"\)/s);
  expect(bundle.warnings).toEqual([
    {
      code: "BA_BUILD_WARNING",
      severity: "warning",
      message: `"os" is a module of Node's.`,
      hint: `Import "node:os", which cannot be mistaken for a package.`,
      location: { file: join(root, "src/handler.ts"), line: 2, column: 21 },
    },
  ]);
});

test("a later failure leaves the last good bundle in place", async () => {
  const root = project({ "src/handler.ts": minimal });
  const { path } = await build(root);
  const before = readFileSync(path);
  writeFileSync(join(root, "src/handler.ts"), "export default {");
  await expect(build(root)).rejects.toThrow(UserError);
  expect(readFileSync(path)).toEqual(before);
});

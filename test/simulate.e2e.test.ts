import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createCertificateAuthority, startScriptedServer } from "../src/server/index.js";
import { createSimulator, type Report, type SimulatorOptions } from "../src/simulator/index.js";
import { createProject, handlerWith, plainConfig, plainHandler, type TestProject } from "./project.js";

/** Plays one install in the quickest host. */
async function install(project: TestProject, options: Partial<SimulatorOptions> = {}): Promise<Report> {
  await using simulator = await createSimulator({ project: project.root, host: "worker", ...options });
  return await simulator.dispatch({ kind: "install" });
}

/** The files of the app group that belong to the app, relative to `Library/Caches`. */
async function appFiles(project: TestProject): Promise<string[]> {
  const caches = join(project.root, ".ba/state/container/Library/Caches");
  const entries = await readdir(caches, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(caches.length + 1))
    .filter((path) => !path.startsWith("ba-extension/"))
    .sort();
}

/** Line and column (1-based) of `needle` in the project's handler. */
function placeOf(source: string, needle: string): { line: number; column: number } {
  const before = source.slice(0, source.indexOf(needle)).split("\n");
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

describe("install", () => {
  it("downloads everything, essential first, and puts it where the handler says (rules manifest-first, essential-first)", async () => {
    await using project = await createProject();
    const report = await install(project);
    expect(report).toMatchObject({ ok: true, event: "install", host: "worker", engine: "node", diagnostics: [] });
    const finished = { status: "finished", deliveredTo: "extension", attempts: 1, resumedBytes: 0, error: null };
    expect(report.downloads).toEqual(
      [
        { identifier: "essential/core.pak", essential: true, bytes: 4000 },
        { identifier: "level-1.pak", essential: false, bytes: 50_000 },
        { identifier: "level-2.pak", essential: false, bytes: 70_000 },
      ].map((download) => ({ ...finished, ...download, path: `Library/Caches/${download.identifier}` })),
    );
    expect(report.handler.calls.map(({ callback, outcome }) => `${callback} ${outcome}`)).toEqual([
      "downloads answered",
      "downloadFinished answered",
      "downloadFinished answered",
      "downloadFinished answered",
    ]);
    expect(await appFiles(project)).toEqual(["essential/core.pak", "level-1.pak", "level-2.pak"]);
    const delivered = await readFile(join(report.container, "Library/Caches/level-2.pak"), "utf8");
    expect(delivered).toBe("level two ".repeat(7000));
  });

  it("removes the manifest and the system's files when it is over (rule manifest-gone-at-return)", async () => {
    await using project = await createProject();
    await install(project);
    expect(await readdir(join(project.root, ".ba/state/system"))).toEqual([]);
  });

  it("orders non-essential downloads by priority", async () => {
    await using project = await createProject({
      "src/handler.ts": plainHandler.replace(
        "fileSize:",
        'priority: asset.path.includes("2") ? "max" : "min", fileSize:',
      ),
    });
    const report = await install(project);
    expect(report.downloads.map(({ identifier }) => identifier)).toEqual([
      "essential/core.pak",
      "level-2.pak",
      "level-1.pak",
    ]);
  });

  it("deletes and reports a file that the handler did not claim (rule finished-file)", async () => {
    await using project = await createProject({
      "src/handler.ts": plainHandler.replace(
        "await file.moveTo(download.identifier)",
        'if (download.essential) await file.moveTo("core")',
      ),
    });
    const report = await install(project);
    expect(report.downloads.map(({ path }) => path)).toEqual(["Library/Caches/core", null, null]);
    expect(report.diagnostics.map(({ code }) => code)).toEqual(["BA_FILE_NOT_CLAIMED", "BA_FILE_NOT_CLAIMED"]);
    expect(await appFiles(project)).toEqual(["core"]);
  });

  it("keeps the file of a callback that threw, and offers it again at the next wakes, three times in all", async () => {
    await using project = await createProject({
      "src/handler.ts": plainHandler.replace("urlDownload }", "urlDownload, log, storage }").replace(
        "await file.moveTo(download.identifier)",
        `log.info([download.identifier, file.attempt, (await storage.unclaimed()).length].join(" "));
           throw new Error("no room")`,
      ),
    });
    const report = await install(project);
    expect(report.ok).toBe(false);
    for (const { path } of report.downloads) expect(path).toMatch(/^Library\/Caches\/ba-extension\/staging\//);
    expect(report.logs.filter(({ source }) => source === "handler").map(({ message }) => message)).toEqual([
      "essential/core.pak 1 0",
      "essential/core.pak 2 0",
      "level-1.pak 1 0",
      "essential/core.pak 3 0",
      "level-1.pak 2 1",
      "level-2.pak 1 1",
    ]);
    expect(report.reoffered.map(({ identifier, attempt, outcome }) => [identifier, attempt, outcome])).toEqual([
      ["essential/core.pak", 2, "failed"],
      ["essential/core.pak", 3, "failed"],
      ["level-1.pak", 2, "failed"],
    ]);
    expect(report.diagnostics[0]).toMatchObject({
      code: "BA_HANDLER_THREW",
      severity: "error",
      message: expect.stringContaining("no room"),
      location: { file: join(project.root, "src/handler.ts") },
    });
  });

  it("answers a Basic challenge in the handler, once per session (rules credential-for-session, session-is-an-event)", async () => {
    await using project = await createProject({
      "ba.config.ts": plainConfig.replace(
        "infoPlist:",
        'simulate: { server: { basicAuthentication: { realm: "assets", user: "player", password: "hunter2" } } },\n infoPlist:',
      ),
      "src/handler.ts": plainHandler
        .replace("urlDownload }", "urlDownload, useCredential }")
        .replace(
          "async downloadFinished",
          'didReceiveChallenge: () => useCredential({ user: "player", password: "hunter2" }),\n  async downloadFinished',
        ),
    });
    const report = await install(project);
    expect(report.ok).toBe(true);
    expect(report.challenges).toEqual([
      {
        identifier: "https://assets.example.com/manifest.json",
        host: "assets.example.com",
        realm: "assets",
        method: "httpBasic",
        disposition: "useCredential",
      },
    ]);
    expect(JSON.stringify(report)).not.toContain("hunter2");
  });

  it("tells the handler of a manifest that failed to load, and asks for nothing (rules manifest-failed, no-request-without-manifest)", async () => {
    await using project = await createProject({
      "ba.config.ts": plainConfig.replace(
        "infoPlist:",
        'simulate: { server: { basicAuthentication: { user: "player", password: "hunter2" } } },\n infoPlist:',
      ),
    });
    const report = await install(project);
    expect(report).toMatchObject({ ok: false, downloads: [], manifest: { error: { domain: "NSURLErrorDomain" } } });
    expect(report.handler.calls.map(({ callback }) => callback)).toEqual(["didReceiveChallenge", "downloadFailed"]);
  });
});

describe("periodic", () => {
  it("needs an installed app (rule installed-before-others)", async () => {
    await using project = await createProject();
    await using simulator = await createSimulator({ project: project.root, host: "worker" });
    await expect(simulator.dispatch({ kind: "periodic" })).rejects.toMatchObject({ code: "BA_APP_NOT_INSTALLED" });
  });

  it("loads what changed, when the handler skips what is there", async () => {
    await using project = await createProject({
      "src/handler.ts": plainHandler
        .replace("urlDownload }", "urlDownload, storage }")
        .replace("yield", "if ((await storage.stat(asset.path))?.size === asset.size) continue;\n yield"),
    });
    expect((await install(project)).downloads).toHaveLength(3);
    await project.write("assets/level-1.pak", "longer than before".repeat(9000));
    await using simulator = await createSimulator({ project: project.root, host: "worker" });
    const report = await simulator.dispatch({ kind: "periodic" });
    expect(report.downloads).toMatchObject([{ identifier: "level-1.pak", status: "finished", bytes: 162_000 }]);
  });
});

describe("update and language change", () => {
  const telling = plainHandler
    .replace("urlDownload }", "urlDownload, environment, log }")
    .replace("essentialAllowed })", "essentialAllowed, contentRequest, contentRequestRawValue })")
    .replace(
      "for (const",
      "log.info([contentRequest, contentRequestRawValue, essentialAllowed, environment().locale].join(' '));\n for (const",
    );

  it.each([
    ["install", "install 1 true en-US"],
    ["update", "update 2 true en-US"],
    ["periodic", "periodic 3 false en-US"],
    ["languageChange", "languageChange 4 false en-US"],
  ] as const)("%s is what the handler is told", async (kind, told) => {
    await using project = await createProject({ "src/handler.ts": telling });
    await using simulator = await createSimulator({ project: project.root, host: "worker" });
    await simulator.dispatch({ kind: "install" });
    const report = await simulator.dispatch({ kind });
    expect(report).toMatchObject({ ok: true, event: kind, logs: [{ message: told }] });
    expect(report.downloads.filter(({ essential }) => essential)).toHaveLength(told.includes("true") ? 1 : 0);
  });

  it("keeps the language that was chosen, until the app is installed anew", async () => {
    await using project = await createProject({ "src/handler.ts": telling });
    await using simulator = await createSimulator({ project: project.root, host: "worker" });
    await simulator.dispatch({ kind: "install" });
    await simulator.dispatch({ kind: "languageChange", locale: "de-DE" });
    expect((await simulator.dispatch({ kind: "update" })).logs[0]?.message).toBe("update 2 true de-DE");
    expect((await simulator.dispatch({ kind: "install" })).logs[0]?.message).toBe("install 1 true en-US");
  });

  it("refuses what is no language, and events for an app that is not there", async () => {
    await using project = await createProject();
    await using simulator = await createSimulator({ project: project.root, host: "worker" });
    await expect(simulator.dispatch({ kind: "update" })).rejects.toMatchObject({ code: "BA_APP_NOT_INSTALLED" });
    await simulator.dispatch({ kind: "install" });
    await expect(simulator.dispatch({ kind: "languageChange", locale: "not a locale" })).rejects.toMatchObject({
      code: "BA_LOCALE_INVALID",
    });
  });
});

describe("a wrong handler", () => {
  const failing = async (downloads: string, needle: string, files: Record<string, string> = {}) => {
    const source = handlerWith(downloads);
    await using project = await createProject({ "src/handler.ts": source, ...files });
    const report = await install(project);
    expect(report.ok).toBe(false);
    expect(report.downloads).toEqual([]);
    expect(await appFiles(project)).toEqual([]);
    const diagnostic = report.diagnostics.find(({ severity }) => severity === "error");
    expect(diagnostic?.location).toEqual({ file: join(project.root, "src/handler.ts"), ...placeOf(source, needle) });
    return diagnostic;
  };

  it.each([
    [
      "throws synchronously",
      'downloads() { throw new TypeError("sync"); }',
      "new TypeError",
      "BA_HANDLER_THREW",
      "sync",
    ],
    [
      "rejects",
      'async downloads() { await 0; throw new TypeError("async"); }',
      "new TypeError",
      "BA_HANDLER_THREW",
      "async",
    ],
    [
      "throws in the generator, after a download",
      'async *downloads() { yield urlDownload({ identifier: "a", request: "https://assets.example.com/level-1.pak", fileSize: 50000 }); throw new TypeError("late"); }',
      "new TypeError",
      "BA_HANDLER_THREW",
      "late",
    ],
    [
      "makes an invalid download",
      'downloads: () => [urlDownload({ identifier: "a", request: "https://x.example", fileSize: -1 })]',
      "urlDownload({",
      "BA_DOWNLOAD_INVALID",
      '"a"',
    ],
    [
      "returns a wrong type",
      'downloads: () => "everything" as never',
      "downloads",
      "BA_HANDLER_RESULT_INVALID",
      "string",
    ],
    [
      "duplicates an identifier",
      'downloads: () => ["a", "a"].map((identifier) => urlDownload({ identifier, request: "https://x.example", fileSize: 1 }))',
      "downloads",
      "BA_DUPLICATE_IDENTIFIER",
      '"a"',
    ],
  ])("that %s", async (_, downloads, needle, code, message) => {
    expect(await failing(downloads, needle)).toMatchObject({ code, message: expect.stringContaining(message) });
  });

  it("that reads a malformed manifest: the message has line and column in the manifest", async () => {
    const diagnostic = await failing("downloads: ({ manifest }) => manifest.json()", "json()", {
      "assets/manifest.json": '{\n  "assets": [\n    oops\n  ]\n}\n',
    });
    expect(diagnostic).toMatchObject({ code: "BA_MALFORMED_JSON", message: expect.stringMatching(/line 3, column 5/) });
  });

  it("that does not parse is refused before anything runs", async () => {
    await using project = await createProject({ "src/handler.ts": "export default {\n  downloads( {\n};\n" });
    await expect(install(project)).rejects.toMatchObject({
      code: "BA_BUILD_FAILED",
      location: { file: join(project.root, "src/handler.ts"), line: 3 },
    });
  });

  it("with an unknown callback is refused when it loads", async () => {
    await using project = await createProject({
      "src/handler.ts": "const handler = { downloadFinnished() {} };\nexport default handler as never;",
    });
    const report = await install(project);
    expect(report.ok).toBe(false);
    expect(report.diagnostics[0]).toMatchObject({
      severity: "error",
      message: expect.stringContaining("downloadFinnished"),
      hint: expect.stringContaining("downloadFinished"),
    });
  });
});

describe("a wrong configuration", () => {
  it("names an unknown key, its place and what was probably meant", async () => {
    const config = plainConfig.replace("bundleIdentifier", "bundelIdentifier");
    await using project = await createProject({ "ba.config.ts": config });
    await expect(install(project)).rejects.toMatchObject({
      code: "BA_CONFIG_UNKNOWN_KEY",
      message: "`bundelIdentifier` is not a key of the configuration. Did you mean `bundleIdentifier`?",
      location: { file: join(project.root, "ba.config.ts"), ...placeOf(config, "bundelIdentifier") },
    });
  });

  it("names an unwritable state folder", async () => {
    await using project = await createProject({ "a-file": "" });
    await expect(install(project, { stateDirectory: join(project.root, "a-file/state") })).rejects.toMatchObject({
      code: "BA_STATE_UNWRITABLE",
    });
  });
});

describe("the simulated system", () => {
  it("gives each call a process of its own, one after another (rules fresh-process, serial-delivery)", async () => {
    await using project = await createProject({
      "src/handler.ts": plainHandler
        .replace("urlDownload }", "urlDownload, log }")
        .replace("export default", "let calls = 0;\nexport default")
        .replace("await file.moveTo", "log.info(`call ${++calls}`); await file.moveTo"),
    });
    const report = await install(project);
    expect(report.logs.map(({ message }) => message)).toEqual(["call 1", "call 1", "call 1"]);
  });

  it("holds the restrictions until an install has been played, then none (rule launched-after-install)", async () => {
    await using project = await createProject({
      "src/handler.ts": plainHandler
        .replace("urlDownload }", "urlDownload, log }")
        .replace("essentialAllowed })", "essentialAllowed, info })")
        .replace("for (const", "log.info(String(info.restrictedDownloadSizeRemaining));\n for (const"),
    });
    await using simulator = await createSimulator({ project: project.root, host: "worker" });
    expect((await simulator.dispatch({ kind: "install" })).logs[0]?.message).toBe("100000000");
    expect((await simulator.dispatch({ kind: "periodic" })).logs[0]?.message).toBe("null");
  });

  it("advises restrictions where the configuration has none (rule missing-restrictions)", async () => {
    await using project = await createProject({
      "ba.config.ts": plainConfig.replace(/BAInitialDownloadRestrictions: \{[^}]*\},/, ""),
    });
    const report = await install(project);
    expect(report).toMatchObject({ ok: true, diagnostics: [{ code: "BA_RESTRICTIONS_MISSING", severity: "warning" }] });
  });
});

describe("a server that misbehaves", () => {
  const withDownload = (url: string, fileSize: string) =>
    plainHandler
      .replace("request: asset.url", `request: ${url}`)
      .replace("fileSize: asset.size", `fileSize: ${fileSize}`);

  it.each([
    ["has too few bytes (rule exact-size)", "asset.url", "asset.size + 1", "BAErrorDomain"],
    ["has too many bytes", "asset.url", "asset.size - 1", "BAErrorDomain"],
    ["answers 404", "asset.url + '.gone'", "asset.size", "NSURLErrorDomain"],
  ])("%s: the download fails, the handler is told, nothing is left", async (_, url, size, domain) => {
    await using project = await createProject({ "src/handler.ts": withDownload(url, size) });
    const report = await install(project);
    expect(report.ok).toBe(false);
    expect(report.downloads).toHaveLength(3);
    for (const download of report.downloads)
      expect(download).toMatchObject({ status: "failed", path: null, error: { domain } });
    expect(report.handler.calls.filter(({ callback }) => callback === "downloadFailed")).toHaveLength(3);
    expect(await appFiles(project)).toEqual([]);
    expect(await readdir(join(project.root, ".ba/state/system"))).toEqual([]);
  });

  it("is down: the manifest fails, and the report says why", async () => {
    await using project = await createProject({
      "ba.config.ts": plainConfig.replace("infoPlist:", 'simulate: { server: "https://127.0.0.1:1" },\n infoPlist:'),
    });
    const report = await install(project);
    expect(report).toMatchObject({
      ok: false,
      downloads: [],
      manifest: { error: { domain: "NSURLErrorDomain", name: "cannotConnectToHost" } },
    });
  });

  it("answers 500 to the manifest", async () => {
    await using project = await createProject();
    const tls = await createCertificateAuthority(join(project.root, "tls"), ["127.0.0.1"]);
    const server = await startScriptedServer({ tls, respond: () => ({ status: 500, body: "out of order" }) });
    const simulate = `simulate: { server: "${server.url}", certificateAuthority: "ca.pem" },`;
    await project.write("ca.pem", tls.caPem);
    await project.write("ba.config.ts", plainConfig.replace("infoPlist:", `${simulate}\n infoPlist:`));
    const report = await install(project).finally(() => server.dispose());
    expect(report).toMatchObject({
      ok: false,
      manifest: { error: { name: "badServerResponse", userInfo: { statusCode: 500 } } },
    });
    expect(server.requests.map(({ path, host }) => `${host}${path}`)).toEqual(["assets.example.com/manifest.json"]);
  });
});

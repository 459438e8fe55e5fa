import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createProject, plainHandler, type TestProject } from "../../test/project.js";
import { systemMessage } from "../protocol/system.js";
import { report } from "../simulator/report.js";
import { runCommandLine } from "./command-line.fixture.js";
import { run } from "./run.js";

let project: TestProject;
beforeEach(async () => {
  project = await createProject();
});
afterEach(() => project[Symbol.asyncDispose]());

/** Runs a command line in the project. */
const cli = (args: string[], options: { cwd?: string; signal?: AbortSignal } = {}) =>
  runCommandLine(args, { cwd: project.root, ...options });

describe("usage", () => {
  it("lists the commands that exist", async () => {
    const { code, stdout, stderr } = await cli(["--help"]);
    expect([code, stderr]).toEqual([0, ""]);
    const commands = stdout
      .slice(stdout.indexOf("Commands:"))
      .match(/^ {2}(\w+)/gm)
      ?.map((name) => name.trim());
    expect(commands).toEqual(["simulate", "event", "serve", "build", "help"]);
  });

  it.each([
    [["simulate", "instal"], "install, update, periodic, language-change"],
    [["simulate", "install", "--host", "jsc"], "worker, embedded, libnode, swift"],
    [["event", "push"], "content-request, challenge, download-failed, download-finished"],
    [["simulat", "install"], "Did you mean simulate?"],
    [["simulate", "install", "--frsh"], "Did you mean --fresh?"],
    [["simulate"], "install, update, periodic, language-change, unknown, resume, or --event"],
    [["simulate", "install", "--event", "e.json"], "one of them"],
  ])("%j ends with 2 and what is valid", async (args, hint) => {
    const { code, stdout, stderr } = await cli(args);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(hint);
  });

  it("answers an engine that no host runs with the table of hosts", async () => {
    const { code, stderr } = await cli(["simulate", "install", "--host", "worker", "--engine", "jsc"]);
    expect(code).toBe(2);
    expect(stderr).toContain("The host worker does not run the engine jsc.");
    for (const host of ["worker", "embedded", "libnode", "swift"])
      expect(stderr).toMatch(new RegExp(`^ +${host} +node`, "m"));
  });

  it("prints usage errors as JSON when asked to", async () => {
    const { code, stdout, stderr } = await cli(["simulate", "instal", "--json"]);
    expect([code, stderr]).toEqual([2, ""]);
    expect(JSON.parse(stdout)).toEqual({
      error: {
        code: "BA_USAGE",
        message: expect.stringContaining("install, update, periodic, language-change"),
        hint: "Run ba-extension --help.",
        location: null,
      },
    });
  });
});

describe("simulate", () => {
  it("plays an install and prints the report on stdout, progress on stderr", async () => {
    const { code, stdout, stderr } = await cli(["simulate", "install", "--host", "worker"]);
    expect(code, stderr).toBe(0);
    expect(stdout).toMatch(/Asked +install, of com\.example\.game\.downloader/);
    expect(stdout).toMatch(/downloads +src\/handler\.ts:\d+:\d+ +answered in/);
    expect(stdout).toMatch(/downloadFinished ×3/);
    expect(stdout).toMatch(/✓ essential\/core\.pak +4\.0 kB +essential +Library\/Caches\/essential\/core\.pak/);
    expect(stdout).toContain("3 files, 124.0 kB");
    expect(stdout).toMatch(/Host +worker, engine node/);
    expect(stdout).toContain("✓ install: 3 finished");
    expect(stderr).toMatch(/^✓ level-1\.pak/m);
    expect(stdout + stderr).not.toContain("\u001b");
  });

  it("prints exactly one JSON document with --json, and nothing else", async () => {
    const { code, stdout, stderr } = await cli([
      "simulate",
      "install",
      "--host",
      "worker",
      "--json",
      "--state",
      "elsewhere",
    ]);
    expect([code, stderr]).toEqual([0, ""]);
    const parsed = report.parse(JSON.parse(stdout));
    expect(parsed.ok).toBe(true);
    expect(parsed.container).toBe(join(project.root, "elsewhere/container"));
  });

  it("remembers its state between runs, and forgets it with --fresh", async () => {
    expect((await cli(["simulate", "periodic", "--host", "worker"])).code).toBe(1);
    expect((await cli(["simulate", "install", "--host", "worker"])).code).toBe(0);
    expect((await cli(["simulate", "periodic", "--host", "worker"])).code).toBe(0);
    const { code, stdout } = await cli(["simulate", "periodic", "--host", "worker", "--fresh", "--json"]);
    expect(code).toBe(1);
    expect(JSON.parse(stdout).error).toMatchObject({ code: "BA_APP_NOT_INSTALLED", hint: expect.any(String) });
  });

  it("ends with 1 and the place of the mistake when the handler throws", async () => {
    await project.write(
      "src/handler.ts",
      plainHandler.replace("for (const asset", 'throw new Error("no idea");\n    for (const asset'),
    );
    const { code, stdout, stderr } = await cli(["simulate", "install", "--host", "worker"]);
    expect(code).toBe(1);
    expect(stderr).toContain("no idea");
    expect(stderr).toMatch(/src\/handler\.ts:\d+:\d+/);
    expect(stdout).toContain("✘ install: 1 error");
  });

  it("ends with 130 when it is interrupted", async () => {
    const interruption = new AbortController();
    interruption.abort();
    const { code, stdout } = await cli(["simulate", "install", "--host", "worker", "--json"], {
      signal: interruption.signal,
    });
    expect(code).toBe(130);
    expect(JSON.parse(stdout).error).toMatchObject({
      code: "BA_INTERRUPTED",
      hint: "To go on: ba-extension simulate resume --host worker",
    });
  });

  it("says what is missing in a folder that is no project", async () => {
    const empty = await mkdtemp(join(tmpdir(), "ba-cli-"));
    const { code, stderr } = await cli(["simulate", "install"], { cwd: empty });
    await rm(empty, { recursive: true });
    expect(code).toBe(1);
    expect(stderr).toContain("ba.config");
  });
});

describe("event", () => {
  it.each(["content-request", "challenge", "download-failed", "download-finished"])(
    "%s is a message that simulate delivers",
    async (kind) => {
      const { code, stdout } = await cli(["event", kind]);
      expect(code).toBe(0);
      systemMessage.parse(JSON.parse(stdout));
      await project.write("event.json", stdout);
      const delivered = await cli(["simulate", "--event", "event.json", "--host", "worker", "--json"]);
      const { event, handler, ok } = report.parse(JSON.parse(delivered.stdout));
      expect({ event, ok, calls: handler.calls.length }).toEqual({ event: "message", ok: true, calls: 1 });
      // The system gives its files away; the project's must stay.
      expect(await readFile(join(project.root, "assets/essential/core.pak"), "utf8")).toHaveLength(4000);
    },
  );

  it("takes paths relative to the event file", async () => {
    const { stdout } = await cli(["event", "download-finished"]);
    await mkdir(join(project.root, "events"));
    await writeFile(
      join(project.root, "events/e.json"),
      JSON.stringify({ ...JSON.parse(stdout), path: "../assets/level-1.pak" }),
    );
    const delivered = await cli(["simulate", "--event", "events/e.json", "--host", "worker", "--json"]);
    expect(delivered.code).toBe(0);
    const placed = join(project.root, ".ba/state/container/Library/Caches/essential/core.pak");
    expect(await readFile(placed, "utf8")).toHaveLength(50_000);
  });

  it("explains a message that is none", async () => {
    await project.write("event.json", '{ "kind": "nonsense" }');
    const { code, stdout } = await cli(["simulate", "--event", "event.json", "--json"]);
    expect(code).toBe(1);
    expect(JSON.parse(stdout).error).toMatchObject({
      code: "BA_EVENT_INVALID",
      hint: expect.stringContaining("ba-extension event"),
    });
  });
});

describe("build", () => {
  it("prints where the bundle is", async () => {
    const { code, stdout } = await cli(["build"]);
    expect([code, stdout]).toEqual([0, ".ba/build/node/handler.cjs\n"]);
  });
});

describe("serve", () => {
  it("serves the assets until it is interrupted", async () => {
    const interruption = new AbortController();
    let stderr = "";
    let announce: (text: string) => void = () => {};
    const announced = new Promise<string>((resolve) => (announce = resolve));
    const ended = run(["serve"], {
      stdout: { write: (text) => announce(text) },
      stderr: { write: (text) => (stderr += text) },
      cwd: project.root,
      env: {},
      signal: interruption.signal,
    });
    expect(await Promise.race([announced, ended])).toMatch(/^https:\/\/127\.0\.0\.1:\d+\n$/);
    expect(stderr).toContain("curl --cacert .ba/state/certificates/root/ca.pem");
    interruption.abort();
    expect(await ended).toBe(0);
  });
});

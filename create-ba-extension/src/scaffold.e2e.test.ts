import { execFile } from "node:child_process";
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { hostAvailable } from "../../src/testing/index.js";
import { requireOrSkip } from "../../test/skip.js";

const repository = fileURLToPath(new URL("../..", import.meta.url));
const execute = promisify(execFile);

interface Printed {
  readonly stdout: string;
  readonly stderr: string;
}

/** Rejects with what was printed when the command fails. Children do not inherit the variables of vitest and of npm. */
async function run(
  command: string,
  args: readonly string[],
  cwd: string,
  env: Record<string, string> = {},
): Promise<Printed> {
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(VITEST|NODE_ENV|FORCE_COLOR|npm_)/.test(name)),
  );
  return await execute(command, [...args], {
    cwd,
    env: { ...inherited, NO_COLOR: "1", ...env },
    maxBuffer: 64 * 1024 * 1024,
    shell: process.platform === "win32",
  });
}

const noCompiler = requireOrSkip(await hostAvailable("embedded", () => {}), "a C++20 compiler", "apt-get install g++");

/** The way of a new user, with what npm would publish. The first start of the embedded host compiles its runtime. */
describe("the packed packages", { timeout: 300_000 }, () => {
  let folder: string;
  let project: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "ba-scaffold-"));
    project = join(folder, "game");
    // Without scripts: `npm test` has built, and a build now would pull dist/ away from under the other tests.
    await run(
      "npm",
      ["pack", "--ignore-scripts", "--workspaces", "--include-workspace-root", "--pack-destination", folder],
      repository,
    );
    const tarballs = (await readdir(folder)).filter((name) => name.endsWith(".tgz"));
    const packed = (name: string): string =>
      join(folder, tarballs.find((file) => file.startsWith(`${name}-0`)) ?? `no ${name} tarball`);
    const args = [
      `--package=${packed("create-ba-extension")}`,
      "--",
      "create-ba-extension",
      "game",
      "--yes",
      "--no-git",
    ];
    // Nobody says where the library is: it was packed beside the scaffolder.
    await run("npm", ["exec", "--yes", ...args], folder);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it("scaffold this tree", async () => {
    const files = (await readdir(project, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(project.length + 1))
      .filter((path) => !path.startsWith("node_modules/"));
    expect(files.sort()).toMatchInlineSnapshot(`
      [
        ".gitignore",
        "README.md",
        "assets/essential/tutorial.json",
        "assets/levels/level-1.json",
        "assets/music/theme.wav",
        "ba.config.ts",
        "package-lock.json",
        "package.json",
        "src/handler.ts",
        "src/manifest.ts",
        "test/handler.test.ts",
        "tsconfig.json",
        "tsconfig.test.json",
        "vitest.config.ts",
      ]
    `);
  });

  it("leave nothing to approve: no dependency waits for its install scripts", async () => {
    const { stdout, stderr } = await run("npm", ["ci"], project);
    expect(stdout + stderr).not.toContain("install-scripts");
  });

  it("type-check and pass the template's own tests", async () => {
    const { stdout } = await run("npm", ["test"], project).catch((error: Printed) => error);
    expect(stdout).toMatch(noCompiler ? /Tests +3 passed \| 3 skipped/ : /Tests +6 passed/);
  });

  it.skipIf(noCompiler)("simulate an install in the embedded host", async () => {
    const { stdout } = await run("npx", ["ba-extension", "simulate", "install", "--json"], project);
    const report: unknown = JSON.parse(stdout);
    const schema = JSON.parse(
      await readFile(join(project, "node_modules/ba-extension/schemas/report.schema.json"), "utf8"),
    );
    expect(z.fromJSONSchema(schema).safeParse(report).error).toBeUndefined();
    expect(report).toMatchObject({ ok: true, host: "embedded", engine: "node", diagnostics: [] });
    const { downloads } = z.object({ downloads: z.array(z.object({ status: z.string() })) }).parse(report);
    expect(downloads.map(({ status }) => status)).toEqual(["finished", "finished", "finished"]);
  });

  it("end with 1 and one JSON document when there is nothing to simulate", async () => {
    const failed = run(
      "npx",
      ["ba-extension", "simulate", "periodic", "--host", "worker", "--fresh", "--json"],
      project,
    );
    const error = await failed.then(
      () => undefined,
      (reason: { code: number; stdout: string }) => reason,
    );
    expect(error?.code).toBe(1);
    expect(JSON.parse(error?.stdout ?? "")).toMatchObject({ error: { code: "BA_APP_NOT_INSTALLED" } });
  });
});

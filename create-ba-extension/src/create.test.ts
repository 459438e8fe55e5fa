import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { create } from "./create.js";
import { entries } from "./options.js";

let cwd: string;
beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), "create-ba-extension-"));
});
afterEach(() => rm(cwd, { recursive: true, force: true }));

/** Runs a command line where nobody can answer questions. */
async function run(args: string[], env: Record<string, string> = {}) {
  let stdout = "";
  let stderr = "";
  const code = await create(args, {
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
    cwd,
    env,
    interactive: false,
  });
  return { code, stdout, stderr };
}

const read = (path: string): Promise<string> => readFile(join(cwd, path), "utf8");

describe("create-ba-extension", () => {
  it("writes the template with the given names", async () => {
    const args = ["game", "--bundle-id", "com.studio.game", "--team-id", "AB12CD34EF", "--no-install", "--no-git"];
    const { code, stdout } = await run(args, { BA_EXTENSION_SPEC: "file:../ba.tgz" });
    expect([code, stdout]).toEqual([0, `${join(cwd, "game")}\n`]);
    expect((await readdir(join(cwd, "game"), { recursive: true })).sort()).toMatchInlineSnapshot(`
      [
        ".gitignore",
        "README.md",
        "assets",
        "assets/essential",
        "assets/essential/tutorial.json",
        "assets/levels",
        "assets/levels/level-1.json",
        "assets/music",
        "assets/music/theme.wav",
        "ba.config.ts",
        "package.json",
        "src",
        "src/handler.ts",
        "src/manifest.ts",
        "test",
        "test/handler.test.ts",
        "tsconfig.json",
        "tsconfig.test.json",
        "vitest.config.ts",
      ]
    `);
    expect(JSON.parse(await read("game/package.json"))).toMatchObject({
      name: "game",
      devDependencies: { "ba-extension": "file:../ba.tgz" },
    });
    const config = await read("game/ba.config.ts");
    expect(config).toContain('bundleIdentifier: "com.studio.game"');
    expect(config).toContain('applicationGroupIdentifier: "AB12CD34EF.com.studio.game"');
    for (const file of ["ba.config.ts", "README.md", "package.json", "src/handler.ts"]) {
      expect(await read(`game/${file}`), file).not.toContain("{{");
    }
  });

  it("takes defaults from the name of the folder", async () => {
    await run(["My Game!", "--no-install", "--no-git"]);
    expect(JSON.parse(await read("My Game!/package.json")).name).toBe("my-game");
    expect(await read("My Game!/ba.config.ts")).toContain('"group.com.example.my-game"');
  });

  it("makes a Git repository unless told otherwise", async () => {
    const { stderr } = await run(["game", "--no-install"]);
    expect(stderr).toContain("✓ git init");
    expect(await readdir(join(cwd, "game/.git"))).toContain("HEAD");
  });

  it("prints the command that does the same without questions, for the package manager that runs it", async () => {
    const { stderr } = await run(["game", "--no-install", "--no-git"], {
      npm_config_user_agent: "npm/11.0.0 node/v20",
    });
    const command =
      "npm create ba-extension game -- --template manifest-driven --mode unmanaged --platform macos --engine node --bundle-id com.example.game --app-group group.com.example.game --yes --no-install --no-git";
    expect(stderr).toContain(command);
    expect(stderr).toMatch(/Next:\n {2}cd game\n {2}npm install\n {2}npm run simulate\n {2}npm test\n/);
    const pnpm = await run(["other", "--no-install", "--no-git"], {
      npm_config_user_agent: "pnpm/9.1.0 npm/? node/v20",
    });
    expect(pnpm.stderr).toContain("pnpm create ba-extension other --template");
  });

  it("scaffolds into the current folder", async () => {
    const { stderr } = await run([".", "--no-install", "--no-git"]);
    expect(stderr).toContain("npm create ba-extension . -- --template");
    expect(stderr).not.toContain("cd .");
  });

  it("warns and goes on when the installation fails", async () => {
    const { code, stderr } = await run(["game", "--no-git"], { BA_EXTENSION_SPEC: "file:./missing.tgz" });
    expect(code).toBe(0);
    expect(stderr).toContain("! npm install failed. Run it yourself: npm install");
  });

  it("refuses a folder that is not empty", async () => {
    await mkdir(join(cwd, "game"));
    await writeFile(join(cwd, "game/notes.txt"), "mine");
    const { code, stderr } = await run(["game"]);
    expect(code).toBe(2);
    expect(stderr).toContain("--overwrite");
    expect(await readdir(join(cwd, "game"))).toEqual(["notes.txt"]);
  });

  it("replaces only the template's files with --overwrite", async () => {
    await mkdir(join(cwd, "game/.git"), { recursive: true });
    await writeFile(join(cwd, "game/.git/HEAD"), "ref");
    await writeFile(join(cwd, "game/notes.txt"), "mine");
    await writeFile(join(cwd, "game/README.md"), "old");
    expect((await run(["game", "--overwrite", "--no-install"])).code).toBe(0);
    expect(await read("game/notes.txt")).toBe("mine");
    expect(await read("game/.git/HEAD")).toBe("ref");
    expect(await read("game/README.md")).toContain("# game");
  });

  it("counts a folder with nothing but .git as empty", async () => {
    await mkdir(join(cwd, "game/.git"), { recursive: true });
    expect((await run(["game", "--no-install"])).code).toBe(0);
  });

  it.each([
    [["--template", "minimal"], "must be one of: manifest-driven"],
    [["--mode", "managed"], "must be one of: unmanaged"],
    [["--platform", "ios"], "must be one of: macos"],
    [["--engine", "jsc"], "must be one of: node"],
    [["--bundle-id", "game"], "like com.example.game"],
    [["--team-id", "short"], "10 capital letters and digits"],
    [["--app-group", "com.example"], "group.com.example.game"],
    [["--tempalte", "x"], "--template"],
    [["a", "b"], "One folder at most"],
  ])("ends with 2 and what is valid for %j", async (args, valid) => {
    const { code, stdout, stderr } = await run(args);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(valid);
    expect(await readdir(cwd)).toEqual([]);
  });

  it("has every option in its help", async () => {
    const { code, stdout } = await run(["--help"]);
    expect(code).toBe(0);
    for (const [name] of entries) expect(stdout).toContain(`--${name} `);
    expect(await readFile(new URL("../README.md", import.meta.url), "utf8"), "README.md").toContain(stdout);
  });
});

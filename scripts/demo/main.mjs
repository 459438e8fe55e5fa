/**
 * `npm run demo`: a new project, real files, an install and a periodic check, in a temporary folder that stays.
 * Slow enough to watch on a terminal, quick elsewhere.
 */
import { spawn } from "node:child_process";
import { appendFile, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { styleText } from "node:util";
import { copyAssets, describe } from "./assets.mjs";
import { configure, scaffold } from "./project.mjs";

const repository = fileURLToPath(new URL("../..", import.meta.url));
const watched = process.stdout.isTTY === true && process.stderr.isTTY === true && !process.env.CI;
const secondsToWatch = 15;

const say = (text = "") => process.stdout.write(`${text}\n`);
const title = (text) => say(`\n${styleText("bold", text, { stream: process.stdout })}\n`);
const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;

/** Runs `ba-extension` in the project, in front of the person who watches. */
function baExtension(project, ...args) {
  say(`$ npx ba-extension ${args.join(" ")}`);
  const bin = join(project, "node_modules/ba-extension/bin/ba-extension.cjs");
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [bin, ...args], { cwd: project, stdio: "inherit" });
    child.once("error", reject);
    child.once("close", (code) =>
      code === 0 ? resolve() : reject(new Error(`ba-extension ${args.join(" ")} ended with ${code}.`)),
    );
  });
}

/** Compares what lies in the app group's container with the originals. */
async function verify(project, assets) {
  const caches = join(project, ".ba/state/container/Library/Caches/assets");
  for (const { path, size, sha256 } of assets) {
    const found = await describe(join(caches, path));
    if (found.sha256 !== sha256 || found.size !== size) throw new Error(`${path} is not what was published.`);
    say(
      `  ✓ ${path.padEnd(24)} ${String(size).padStart(9)} bytes  SHA-256 ${sha256.slice(0, 16)}…  identical to the original`,
    );
  }
}

async function demo() {
  const project = join(await mkdtemp(join(tmpdir(), "ba-extension-demo-")), "game");
  title("1. A new project, as `npm create ba-extension` makes it");
  await scaffold(repository, project);
  const assets = await copyAssets(join(repository, "node_modules"), join(project, "assets"));
  const total = assets.reduce((sum, { size }) => sum + size, 0);
  await configure(project, watched ? Math.round(total / secondsToWatch) : undefined);
  say(`  ${project}`);
  say(`  ${assets.length} real files to download, ${megabytes(total)}, behind a password that src/handler.ts answers.`);

  title("2. Somebody installs the app: the system wakes the extension before the first launch");
  await baExtension(project, "simulate", "install");
  title("   The same bytes? The demo's own check:");
  await verify(project, assets);

  title("3. A day later one file has changed on the server: a periodic check");
  const [changed] = assets;
  await appendFile(join(project, "assets", changed.path), "// A line that the publisher added.\n");
  const update = { path: changed.path, ...(await describe(join(project, "assets", changed.path))) };
  await baExtension(project, "simulate", "periodic");
  title("   The same bytes?");
  await verify(project, [update, ...assets.slice(1)]);

  title("The project stays. To go on:");
  say(`  cd ${project}`);
  say("  npx ba-extension simulate install --fresh --host worker   # anew, in another host");
  say("  npx ba-extension event challenge > event.json && npx ba-extension simulate --event event.json");
  say("  npx ba-extension serve                                    # the assets, for curl or an app of yours");
}

try {
  await demo();
} catch (error) {
  process.stderr.write(`\n✘ The demo failed: ${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}

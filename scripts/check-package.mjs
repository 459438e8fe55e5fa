// Looks at the packages as they would be published: packs them, then asks publint, Are The Types Wrong, and the rules
// below. With BA_TARBALLS=DIR the tarballs stay in that folder.
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const root = fileURLToPath(new URL("..", import.meta.url));
const problems = [];

const folder = process.env.BA_TARBALLS ?? (await mkdtemp(join(tmpdir(), "ba-extension-pack-")));
try {
  await mkdir(folder, { recursive: true });
  const packed = await pack(folder);
  for (const { name, filename, files, size } of packed) {
    const tarball = join(folder, filename);
    console.log(`${name}: ${files.length} files, ${Math.ceil(size / 1024)} KiB`);
    await tool("publint", ["run", tarball, "--strict"]);
    const paths = files.map((file) => file.path);
    const manifest = JSON.parse((await run("tar", ["-xOzf", tarball, "package/package.json"])).stdout);
    check(name, manifest, paths);
    if (manifest.exports["."]) await tool("attw", [tarball, "--profile", "esm-only", "--no-emoji", "--no-color"]);
  }
} finally {
  if (!process.env.BA_TARBALLS) await rm(folder, { recursive: true, force: true });
}
for (const problem of problems) console.error(`✗ ${problem}`);
if (problems.length > 0) process.exitCode = 1;

async function pack(destination) {
  const args = [
    "pack",
    "--workspace",
    "create-ba-extension",
    "--include-workspace-root",
    "--json",
    "--pack-destination",
    destination,
  ];
  const { stdout } = await run("npm", args, { cwd: root, maxBuffer: 64 * 1024 * 1024 });
  // What the builds of `prepack` print may stand before the JSON.
  return JSON.parse(stdout.slice(stdout.search(/^[[{]\s*$/m)));
}

/** An exit code other than 0 is a problem. */
async function tool(name, args) {
  try {
    await run(join(root, "node_modules/.bin", name), args, { cwd: root });
    console.log(`✓ ${name}`);
  } catch (error) {
    problems.push(`${name} ${args.join(" ")}\n${error.stdout}${error.stderr}`);
  }
}

function check(name, manifest, paths) {
  const must = (holds, rule) => holds || problems.push(`${name}: ${rule}`);
  must(paths.includes("LICENSE"), "LICENSE is missing.");
  must(paths.includes("README.md"), "README.md is missing.");
  for (const target of targetsOf([manifest.exports, manifest.bin])) {
    const pattern = new RegExp(`^${target.replace(/^\.\//, "").replaceAll(".", "\\.").replace("*", ".+")}$`);
    must(
      paths.some((path) => pattern.test(path)),
      `package.json leads to ${target}, which is not in the tarball.`,
    );
  }
  for (const entry of manifest.files) {
    must(
      paths.some((path) => path === entry || path.startsWith(`${entry}/`)),
      `\`files\` names ${entry}, which is not there.`,
    );
  }
  for (const path of paths) {
    const ours = /\.test\.|fixtures\/|node_modules\//.test(path) && !path.startsWith("templates/");
    must(!ours, `${path} is for this repository only.`);
  }
  if (name === "create-ba-extension") {
    must(Object.keys(manifest.dependencies ?? {}).length === 0, "it must have no dependencies: everything is bundled.");
    must(
      paths.filter((path) => path.startsWith("dist/") && path.endsWith(".js")).length === 1,
      "dist must be one file.",
    );
  }
}

/** The file names in a value of package.json, at any depth. */
function targetsOf(value) {
  if (typeof value === "string") return [value];
  return Object.values(value ?? {}).flatMap(targetsOf);
}

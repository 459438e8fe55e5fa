import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, expect, test } from "vitest";
import { requireOrSkip } from "../../test/skip.js";
import { hasSwift, toolchain } from "./swift-build.js";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = await mkdtemp(join(tmpdir(), "ba-swift-package-"));
afterAll(() => rm(folder, { recursive: true, force: true }));

/** An app's package, as it uses the one of npm; its extension is what an app writes. */
const app = {
  "Package.swift": `// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "App",
  dependencies: [.package(path: "node_modules/ba-extension")],
  targets: [
    .executableTarget(
      name: "Downloader",
      dependencies: [
        .product(name: "BAExtension", package: "ba-extension"),
        .product(name: "BARuntimeNode", package: "ba-extension"),
        .product(name: "AppleModules", package: "ba-extension"),
      ],
      path: "Downloader")
  ]
)
`,
  "Downloader/Downloader.swift": `import BAExtension
import BackgroundAssets
import ExtensionFoundation

@main
struct Downloader: JSDownloaderExtension {}
`,
};

test.skipIf(requireOrSkip(await hasSwift(), "the Swift toolchain", "scripts/linux-toolchain setup"))(
  "an app builds its extension with the Swift package of the packed npm package",
  async () => {
    await run("npm", ["pack", "--ignore-scripts", "--pack-destination", folder], { cwd: root, maxBuffer: 1 << 26 });
    const [tarball = ""] = (await readdir(folder)).filter((name) => name.endsWith(".tgz"));
    const installed = join(folder, "node_modules/ba-extension");
    await mkdir(installed, { recursive: true });
    await run("tar", ["-xzf", join(folder, tarball), "-C", installed, "--strip-components=1"]);
    for (const [name, text] of Object.entries(app)) {
      await mkdir(join(folder, name, ".."), { recursive: true });
      await writeFile(join(folder, name), text);
    }
    const inToolchain = (...command: string[]): ReturnType<typeof run> =>
      run(toolchain, ["run", "--", ...command], { cwd: folder, maxBuffer: 1 << 26 });

    const { stdout, stderr } = await inToolchain("swift", "build", "--product", "Downloader");
    expect(`${stdout}${stderr}`).not.toMatch(/warning:/);
    await expect(inToolchain(".build/debug/Downloader")).rejects.toMatchObject({
      stderr: expect.stringContaining("No simulated system runs this extension"),
    });
  },
);

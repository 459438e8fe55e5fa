import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A project of a user's, in a temporary folder. */
export interface TestProject extends AsyncDisposable {
  readonly root: string;
  /** Writes a file below the root. */
  write(path: string, content: string | Uint8Array): Promise<void>;
}

/** The manifest that the asset server makes from `assets/`. */
const manifestTypes = `
interface Asset { path: string; url: string; size: number; sha256: string }
interface Manifest { version: string; assets: Asset[] }
`;

/** A handler that loads everything and puts it under its own path; `essential/…` first. */
export const plainHandler = `
import { defineDownloaderExtension, urlDownload } from "ba-extension";
${manifestTypes}
export default defineDownloaderExtension({
  async *downloads({ manifest, essentialAllowed }) {
    for (const asset of manifest.json<Manifest>().assets) {
      yield urlDownload({
        identifier: asset.path,
        request: asset.url,
        fileSize: asset.size,
        essential: essentialAllowed && asset.path.startsWith("essential/"),
      });
    }
  },
  async downloadFinished(download, file) {
    await file.moveTo(download.identifier);
  },
});
`;

export const plainConfig = `
import { defineConfig } from "ba-extension/config";
export default defineConfig({
  bundleIdentifier: "com.example.game",
  applicationGroupIdentifier: "group.com.example.game",
  infoPlist: {
    app: {
      BAManifestURL: "https://assets.example.com/manifest.json",
      BAInitialDownloadRestrictions: {
        BADownloadAllowance: 100_000_000,
        BAEssentialDownloadAllowance: 100_000_000,
        BADownloadDomainAllowList: ["assets.example.com"],
      },
    },
  },
});
`;

/** Writes `files` over a plain project with one essential asset and two others. */
export async function createProject(files: Readonly<Record<string, string | Uint8Array>> = {}): Promise<TestProject> {
  const root = await mkdtemp(join(tmpdir(), "ba-project-"));
  const project: TestProject = {
    root,
    async write(path, content) {
      const file = join(root, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, content);
    },
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }),
  };
  const plain = {
    "ba.config.ts": plainConfig,
    "src/handler.ts": plainHandler,
    "assets/essential/core.pak": "core".repeat(1000),
    "assets/level-1.pak": "level one ".repeat(5000),
    "assets/level-2.pak": "level two ".repeat(7000),
  };
  for (const [path, content] of Object.entries({ ...plain, ...files })) await project.write(path, content);
  return project;
}

/** A `downloads` callback with this body, between lines that a test can point at; the rest is the plain handler's. */
export function handlerWith(downloads: string): string {
  return `import { defineDownloaderExtension, urlDownload } from "ba-extension";\nexport default defineDownloaderExtension({\n${downloads}\n});\n`;
}

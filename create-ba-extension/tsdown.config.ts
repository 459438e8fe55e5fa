import { readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { defineConfig } from "tsdown";

// One file with its libraries in it: `npm create` fetches this package alone, and it starts at once.
export default defineConfig({
  entry: { main: "src/main.ts" },
  format: "esm",
  platform: "node",
  target: "node20.19",
  fixedExtension: false,
  hash: false,
  clean: false,
  report: false,
  dts: false,
  deps: { alwaysBundle: [/./], onlyBundle: false },
  outputOptions: { codeSplitting: false },
  hooks: {
    async "build:done"({ chunks }) {
      const modules = chunks.flatMap((chunk) => (chunk.type === "chunk" ? chunk.moduleIds : []));
      await writeFile("dist/THIRD-PARTY-LICENSES.txt", await licenses(modules));
    },
  },
});

/** The licenses of the packages that these modules come from: theirs ask to stand beside every copy. */
async function licenses(modules: string[]): Promise<string> {
  const folders = new Set(modules.flatMap((id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id)?.[0] ?? []));
  const texts = [...folders].map(async (folder) => {
    const { name, version } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
    const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
    if (file === undefined) throw new Error(`${name} has no license file.`);
    return `${name} ${version}\n\n${(await readFile(join(folder, file), "utf8")).trim()}\n`;
  });
  return (await Promise.all(texts)).sort().join(`\n${"-".repeat(80)}\n\n`);
}

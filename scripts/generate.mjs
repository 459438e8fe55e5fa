// Writes the committed files that are made from source. Node 20 runs no TypeScript: esbuild does.
import { writeFile } from "node:fs/promises";
import { build } from "esbuild";

const root = new URL("..", import.meta.url);
const bundle = await build({
  absWorkingDir: new URL(".", root).pathname,
  entryPoints: ["scripts/generated-files.ts"],
  bundle: true,
  format: "esm",
  platform: "node",
  write: false,
});
const code = Buffer.from(bundle.outputFiles[0].contents).toString("base64");
const { generatedFiles } = await import(`data:text/javascript;base64,${code}`);

for (const [path, content] of Object.entries(generatedFiles())) {
  await writeFile(new URL(path, root), content);
  process.stdout.write(`${path}\n`);
}

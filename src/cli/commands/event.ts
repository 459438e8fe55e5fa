import { Argument, type Command } from "commander";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { loadConfig, type LoadedConfig } from "../../config/index.js";
import { UserError } from "../../diagnostics/index.js";
import { assetDirectory, createManifestSource, openAssetFolder } from "../../server/index.js";
import { printJson, type Context } from "../context.js";
import { sampleKinds, sampleMessage, type SampleKind, type SampleSources } from "../sample-messages.js";

export function addEvent(program: Command, context: Context): void {
  program
    .command("event")
    .description("print a message of the system as JSON, for `simulate --event`")
    .addArgument(new Argument("<kind>", "which message").choices(sampleKinds))
    .addHelpText(
      "after",
      "\nExample: ba-extension event challenge > event.json && ba-extension simulate --event event.json",
    )
    .action(async (kind: SampleKind) => {
      printJson(context, await sampleMessage(kind, await sourcesOf(await loadConfig(context.cwd))));
    });
}

async function sourcesOf(loaded: LoadedConfig): Promise<SampleSources> {
  const { root, config } = loaded;
  const server = config.simulate?.server;
  const directory = assetDirectory(loaded, typeof server === "object" ? server : {});
  const manifestURL = new URL(config.infoPlist.app.BAManifestURL);
  const folder = await openAssetFolder(directory);
  const [first] = await folder.list();
  if (!first) {
    throw new UserError("BA_ASSETS_EMPTY", `The folder of assets is empty: ${directory}`, {
      hint: "Put a file to download into it; the sample is about the first one.",
    });
  }
  return {
    host: manifestURL.host,
    asset: { identifier: first.path, path: first.realPath },
    async writeManifest() {
      const own = await folder.find(manifestURL.pathname);
      if (own) return own.realPath;
      const manifest = await createManifestSource(folder, manifestURL.origin)();
      const file = join(root, ".ba", "events", "manifest.json");
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, manifest.read(0, manifest.size));
      return file;
    },
  };
}

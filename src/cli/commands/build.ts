import type { Command } from "commander";
import { relative } from "node:path";
import { buildBundle } from "../../build/index.js";
import { loadConfig } from "../../config/index.js";
import { printJson, type Context } from "../context.js";
import { formatBytes, plural } from "../format.js";

export function addBuild(program: Command, context: Context): void {
  program
    .command("build")
    .description("bundle the handler, and its configuration, for the extension")
    .option("--json", "print one JSON document on stdout, nothing for people")
    .action(async (options: { json?: boolean }) => {
      const bundle = await buildBundle(await loadConfig(context.cwd));
      if (options.json) return printJson(context, bundle);
      const files = `${formatBytes(bundle.bytes)} from ${plural(bundle.inputs.length, "file")}`;
      context.reporter.done(`${relative(context.cwd, bundle.entry)}  bundled for ${bundle.engine}`, files);
      context.stdout.write(`${relative(context.cwd, bundle.path)}\n`);
    });
}

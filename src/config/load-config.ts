import { existsSync, readFileSync, realpathSync } from "node:fs";
import { join, resolve } from "node:path";
import { UserError, type SourceLocation } from "../diagnostics/index.js";
import { runConfigFile } from "./run-config-file.js";
import type { Config } from "./types.js";
import { locateKey, validateConfig, type ConfigSource } from "./validate.js";

/** A configuration with its place on disk. */
export interface LoadedConfig {
  /** Absolute path of the folder that holds the config file, without symbolic links: stacks speak of real paths. */
  readonly root: string;
  /** Absolute path of the config file. */
  readonly file: string;
  readonly config: Config;
  /** Absolute paths of the files that the configuration came from, the config file included: what to watch. */
  readonly inputs?: readonly string[];
}

const fileNames = ["ba.config.ts", "ba.config.mts", "ba.config.js", "ba.config.mjs"];
const defaultEntry = "src/handler.ts";

/**
 * Finds, runs and checks the configuration of a project. Runs it anew at each call. Throws a `UserError`:
 * `BA_CONFIG_MISSING`, `BA_CONFIG_FAILED` (does not compile or throws), `BA_CONFIG_UNKNOWN_KEY`,
 * `BA_CONFIG_INVALID` or `BA_ENTRY_MISSING`.
 */
export async function loadConfig(directory: string): Promise<LoadedConfig> {
  const root = existsSync(directory) ? realpathSync(directory) : resolve(directory);
  const file = fileNames.map((name) => join(root, name)).find((path) => existsSync(path));
  if (file === undefined) {
    throw new UserError("BA_CONFIG_MISSING", `There is no ba.config.ts in ${root}.`, {
      hint: "Run the command in the folder of your extension, or make one: npm create ba-extension",
    });
  }
  const { exported, inputs } = await runConfigFile(file, root);
  const source: ConfigSource = { file, text: readFileSync(file, "utf8") };
  const loaded: LoadedConfig = { root, file, config: validateConfig(exported, source), inputs };
  checkEntry(loaded, source);
  return loaded;
}

/** Absolute path of the handler. */
export function entryFile({ root, config }: LoadedConfig): string {
  return resolve(root, config.entry ?? defaultEntry);
}

function checkEntry(loaded: LoadedConfig, source: ConfigSource): void {
  if (existsSync(entryFile(loaded))) return;
  const { entry } = loaded.config;
  throw new UserError("BA_ENTRY_MISSING", `The handler ${entry ?? defaultEntry} does not exist.`, {
    hint:
      entry === undefined
        ? `Create ${defaultEntry}, or set \`entry\` to the file that calls \`defineDownloaderExtension\`.`
        : "Create it, or set `entry` to the file that calls `defineDownloaderExtension`, relative to the config file.",
    location: locateKey(source, ["entry"]),
  });
}

/** Where a key of the configuration stands; the beginning of its file when the file does not spell it out. */
export function placeOfKey({ file }: LoadedConfig, ...path: readonly string[]): SourceLocation {
  return locateKey({ file, text: readFileSync(file, "utf8") }, path);
}

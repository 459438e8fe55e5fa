export type { AppInfoPlist, AssetServerConfig, Config, Deadlines, Limits, SimulateConfig } from "./types.js";
import type { Config } from "./types.js";

/** A configuration with its place on disk. */
export interface LoadedConfig {
  /** Absolute path of the folder that holds the config file. */
  readonly root: string;
  /** Absolute path of the config file. */
  readonly file: string;
  readonly config: Config;
}

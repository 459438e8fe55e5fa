/**
 * What a `ba.config.ts` imports from `ba-extension/config`.
 * @module
 */
import type { Config } from "./types.js";

export type { AppInfoPlist, AssetServerConfig, Config, Deadlines, Limits, Policies, SimulateConfig } from "./types.js";

/**
 * Types a configuration. Returns its argument; a file may also export a function that returns a configuration
 * or a promise of one.
 *
 * @example
 * export default defineConfig({
 *   bundleIdentifier: "com.example.game",
 *   applicationGroupIdentifier: "group.com.example.game",
 *   infoPlist: { app: { BAManifestURL: "https://assets.example.com/manifest.json" } },
 * });
 */
export function defineConfig(config: Config): Config {
  return config;
}

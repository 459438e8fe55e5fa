/**
 * `ba.config.ts`: its type, and how it is found, run and checked.
 * @module
 */
export { defineConfig } from "./public.js";
export { defaultDeadlines, defaultLocale, defaultPolicies } from "./defaults.js";
export { extensionConfiguration } from "./extension-configuration.js";
export { entryFile, loadConfig, placeOfKey, type LoadedConfig } from "./load-config.js";
export { ownModules } from "./own-modules.js";
export { moduleFile, packageRoot } from "./package-root.js";
export type { AppInfoPlist, AssetServerConfig, Config, Deadlines, Limits, Policies, SimulateConfig } from "./types.js";
export { isLocale } from "./schema.js";

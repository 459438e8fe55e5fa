import type { Plugin } from "esbuild";
import { isOwnModule, moduleFile } from "./package-root.js";

/** Leads `ba-extension` imports to the package that runs, so that a bundle and its host never differ in version. */
export const ownModules: Plugin = {
  name: "ba-extension",
  setup(build) {
    build.onResolve({ filter: /^ba-extension(?:\/|$)/ }, ({ path }) =>
      isOwnModule(path) ? { path: moduleFile(path), sideEffects: false } : undefined,
    );
  },
};

import { builtinModules } from "node:module";
import type { Plugin } from "esbuild";

const bareNames = new Set(builtinModules);

/**
 * Leaves Node's own modules to the engine, under both of their names, as Node does itself. The user's own files hear
 * that a bare name is also the name of a package.
 */
export const nodeModules: Plugin = {
  name: "node-modules",
  setup(build) {
    build.onResolve({ filter: /^[a-z]/ }, ({ path, importer }) => {
      if (path.startsWith("node:")) return { path, external: true };
      if (!bareNames.has(path)) return undefined;
      const warnings = /[\\/]node_modules[\\/]/.test(importer)
        ? []
        : [
            {
              text: `"${path}" is a module of Node's.`,
              notes: [{ text: `Import "node:${path}", which cannot be mistaken for a package.` }],
            },
          ];
      return { path: `node:${path}`, external: true, warnings };
    });
  },
};

import { defineConfig, type UserConfig } from "tsdown";

const shared = {
  format: "esm",
  platform: "node",
  target: "node20.19",
  // .js and .d.ts: the package is ESM only.
  fixedExtension: false,
  // A build replaces files under running programs; `prepack` cleans.
  clean: false,
  hash: false,
  report: false,
  inputOptions: { checks: { pluginTimings: false } },
} satisfies UserConfig;

export default defineConfig([
  {
    ...shared,
    // A module a file, as in src: a handler's bundle then takes from guest and SDK only the modules that it uses, and
    // what both of them use once.
    unbundle: true,
    root: "src",
    entry: {
      index: "src/sdk/index.ts",
      config: "src/config/public.ts",
      simulator: "src/simulator/index.ts",
      testing: "src/testing/index.ts",
      "cli/main": "src/cli/main.ts",
      "guest/index": "src/guest/index.ts",
    },
    dts: true,
    copy: ["src/sdk/globals.d.ts"],
  },
  {
    ...shared,
    // One file each, because an extension process starts for every wake.
    entry: { "child/main": "src/hosts/child/main.ts", "child/worker": "src/hosts/child/worker.ts" },
    dts: false,
  },
]);

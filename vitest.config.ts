import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src", "create-ba-extension/src", "embed-runtime/test", "examples", "test"].map(
      (folder) => `${folder}/**/*.test.ts`,
    ),
    // Child processes on loaded machines are slow; a test that hangs is still found.
    testTimeout: 60_000,
    // The first one that needs the addon compiles it.
    hookTimeout: 300_000,
    pool: "forks",
    maxWorkers: 2,
  },
});

import { defineConfig } from "vitest/config";

export default defineConfig({
  // Each test starts real extension processes; the first run of the embedded host compiles its runtime.
  test: { include: ["test/**/*.test.ts"], testTimeout: 60_000, hookTimeout: 300_000 },
});

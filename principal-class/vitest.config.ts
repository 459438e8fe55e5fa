import { defineConfig } from "vitest/config";

/** `npm run test:swift`: what needs the Swift toolchain. */
export default defineConfig({
  test: {
    include: ["principal-class/test/**/*.test.ts"],
    // The first one builds the package.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    pool: "forks",
  },
});

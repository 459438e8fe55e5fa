import { afterEach, expect, it, vi } from "vitest";
import { requireOrSkip } from "./skip.js";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

it("skips nothing when the machine has what is needed", () => {
  vi.stubEnv("CI", "true");
  expect(requireOrSkip(true, "a compiler", "apt-get install g++")).toBe(false);
});

it("skips aloud on a user's machine", () => {
  vi.stubEnv("CI", "");
  const write = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  expect(requireOrSkip(false, "a compiler", "apt-get install g++")).toBe(true);
  expect(write.mock.lastCall?.[0]).toContain("SKIPPED: needs a compiler. Get it: apt-get install g++");
});

it("fails in CI", () => {
  vi.stubEnv("CI", "true");
  expect(() => requireOrSkip(false, "a compiler", "apt-get install g++")).toThrow(
    /needs a compiler.*apt-get install g\+\+/,
  );
});

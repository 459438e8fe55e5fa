import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { expect, it } from "vitest";
import { cacheDirectory } from "./cache-directory.js";

it.each([
  ["BA_CACHE_DIR, made absolute", { BA_CACHE_DIR: "caches", XDG_CACHE_HOME: "/x" }, "linux", resolve("caches")],
  ["the XDG folder", { XDG_CACHE_HOME: "/x" }, "linux", "/x/ba-extension"],
  [
    "~/.cache, when the XDG folder is relative",
    { XDG_CACHE_HOME: "x" },
    "linux",
    join(homedir(), ".cache/ba-extension"),
  ],
  ["~/.cache", {}, "linux", join(homedir(), ".cache/ba-extension")],
  ["~/Library/Caches", { XDG_CACHE_HOME: "/x" }, "darwin", join(homedir(), "Library/Caches/ba-extension")],
] as const)("the cache is %s", (_what, env, platform, expected) => {
  expect(cacheDirectory(env, platform)).toBe(expected);
});

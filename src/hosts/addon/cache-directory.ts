import { homedir } from "node:os";
import { isAbsolute, join, resolve } from "node:path";

/**
 * Where this package keeps what it builds, absolute: `BA_CACHE_DIR`, else the platform's folder for caches
 * (`$XDG_CACHE_HOME`, `~/.cache`, `~/Library/Caches`) and `ba-extension` in it.
 */
export function cacheDirectory(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  if (env["BA_CACHE_DIR"]) return resolve(env["BA_CACHE_DIR"]);
  if (platform === "darwin") return join(homedir(), "Library/Caches/ba-extension");
  const xdg = env["XDG_CACHE_HOME"];
  // The XDG specification has relative paths ignored.
  return join(xdg && isAbsolute(xdg) ? xdg : join(homedir(), ".cache"), "ba-extension");
}

import { execFileSync } from "node:child_process";
import { root } from "./toolchain.mjs";

/** Builds the minimal handler of `bench/project` with the product's own command; its bundle's path. */
export function buildHandler() {
  const project = `${root}bench/project`;
  execFileSync(process.execPath, [`${root}bin/ba-extension.cjs`, "build"], { cwd: project, stdio: ["ignore", 2, 2] });
  return `${project}/.ba/build/node/handler.cjs`;
}

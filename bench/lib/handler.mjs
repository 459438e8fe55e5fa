import { execFileSync } from "node:child_process";
import { root } from "./toolchain.mjs";

/** Builds the handler of a folder of `bench` with the product's own command; its bundle's path. @param {string} name */
export function buildHandler(name) {
  const project = `${root}bench/${name}`;
  execFileSync(process.execPath, [`${root}bin/ba-extension.cjs`, "build"], { cwd: project, stdio: ["ignore", 2, 2] });
  return `${project}/.ba/build/node/handler.cjs`;
}

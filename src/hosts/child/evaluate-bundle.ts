import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { compileFunction, constants } from "node:vm";
import type { Start } from "../../guest/native.js";

/** Evaluates a CommonJS bundle under its own name, so that stacks speak of the file and its lines. */
export function evaluateBundle(path: string): Start {
  const wrapper: unknown = compileFunction(
    readFileSync(path, "utf8"),
    ["exports", "require", "module", "__filename", "__dirname"],
    {
      filename: path,
      importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    },
  );
  const module: { exports: { start?: unknown } } = { exports: {} };
  if (typeof wrapper !== "function") throw new TypeError("The bundle did not compile to a function.");
  wrapper.call(module.exports, module.exports, createRequire(path), module, path, dirname(path));
  const { start } = module.exports;
  if (!isStart(start))
    throw new TypeError("The bundle exports no function `start`: it was not made by `ba-extension build`.");
  return start;
}

function isStart(value: unknown): value is Start {
  return typeof value === "function";
}

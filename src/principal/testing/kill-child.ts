/**
 * A process that plays one wake of an extension and ends itself with SIGKILL before the file operation of a given number.
 * Its arguments: the number, and the rest as JSON. Exits with 0 when the wake has fewer operations.
 */
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { join } from "node:path";
import { handleSystemMessage } from "../index.js";
import type { SystemMessage } from "../../protocol/system.js";
import type { Vector } from "../vectors/format.js";
import { quickOptions } from "./quick-options.js";
import { scriptedGuest } from "./scripted.js";

export interface KillArguments {
  readonly root: string;
  readonly message: SystemMessage;
  readonly guest: Vector["guest"];
}

const [, , killAt = "", json = ""] = process.argv;
const { root, message, guest }: KillArguments = JSON.parse(json);

let operations = 0;
const changing = ["rename", "writeFile", "rm", "unlink", "copyFile", "chmod"] as const;
for (const name of changing) {
  const operation = fs.promises[name] as (...parameters: unknown[]) => Promise<unknown>;
  const counted = (...parameters: unknown[]): Promise<unknown> => {
    if (operations++ === Number(killAt)) process.kill(process.pid, "SIGKILL");
    return operation(...parameters);
  };
  Object.assign(fs.promises, { [name]: counted });
}
syncBuiltinESMExports();

await handleSystemMessage(message, quickOptions(join(root, "container"), scriptedGuest(guest).launch));

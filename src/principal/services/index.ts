/** The table of host services: one entry for each name of `HostCalls`. */
import type { HostCallName } from "../../sdk/host-calls.js";
import { moveTo, sha256 } from "./file.js";
import { notify } from "./notify.js";
import type { Service } from "./service.js";
import { available, list, move, read, remove, storageStat, write } from "./storage.js";

export const services: { readonly [Name in HostCallName]: Service<Name> } = {
  "file.moveTo": moveTo,
  "file.sha256": sha256,
  "storage.stat": storageStat,
  "storage.read": read,
  "storage.write": write,
  "storage.list": list,
  "storage.move": move,
  "storage.remove": remove,
  "storage.available": available,
  notify,
};

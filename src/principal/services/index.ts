/** The table of host services: one entry for each name of `HostCalls`. */
import type { HostCallName } from "../../sdk/host-calls.js";
import {
  acquireExclusiveControl,
  cancel,
  currentDownloads,
  releaseExclusiveControl,
  schedule,
} from "./download-manager.js";
import { keep, moveTo } from "./file.js";
import { copyTo, open, sha256 } from "./file-content.js";
import { nativeCall } from "./native.js";
import { notify } from "./notify.js";
import type { Service } from "./service.js";
import { getJsonSetting, getSetting, setJsonSetting, setSetting } from "./settings.js";
import { available, list, move, read, remove, storageStat, unclaimed, write } from "./storage.js";

export const services: { readonly [Name in HostCallName]: Service<Name> } = {
  "file.moveTo": moveTo,
  "file.keep": keep,
  "file.copyTo": copyTo,
  "file.sha256": sha256,
  "storage.stat": storageStat,
  "storage.read": read,
  "storage.open": open,
  "storage.write": write,
  "storage.list": list,
  "storage.move": move,
  "storage.remove": remove,
  "storage.available": available,
  "storage.unclaimed": unclaimed,
  "settings.get": getSetting,
  "settings.set": setSetting,
  "settings.getJson": getJsonSetting,
  "settings.setJson": setJsonSetting,
  "downloadManager.schedule": schedule,
  "downloadManager.cancel": cancel,
  "downloadManager.currentDownloads": currentDownloads,
  "downloadManager.acquireExclusiveControl": acquireExclusiveControl,
  "downloadManager.releaseExclusiveControl": releaseExclusiveControl,
  "native.call": nativeCall,
  notify,
};

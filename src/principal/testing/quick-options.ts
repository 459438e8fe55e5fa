import type { PrincipalOptions } from "../options.js";
import { scriptedSystem } from "./scripted.js";

/** A principal class with a system that refuses nothing it is not asked for, and deadlines that nobody waits for. */
export const quickOptions = (container: string, launch: PrincipalOptions["launch"]): PrincipalOptions => ({
  mode: "unmanaged",
  launch,
  container,
  applicationGroupIdentifier: "group.example",
  deadlines: {
    load: 1,
    downloads: 2,
    didReceiveChallenge: 3,
    downloadFailed: 4,
    downloadFinished: 5,
    extensionWillTerminate: 6,
    shouldDownload: 7,
  },
  policies: { downloads: "discard", didReceiveChallenge: "performDefaultHandling", shouldDownload: true },
  system: scriptedSystem().services,
  nativeFunctions: {},
  mapError: ({ message, hint }) => ({ message, hint: hint ?? null, location: null }),
  now: () => 1_700_000_000_000,
});

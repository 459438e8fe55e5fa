import type { GuestConfiguration } from "../protocol/guest.js";
import type { Extension } from "./wake.js";

/** What the device says to an extension about itself, the extension and the app. */
export function extensionDevice(
  extension: Extension,
): Pick<GuestConfiguration, "environment" | "bundle" | "clockOffset"> {
  const { bundleIdentifier, infoPlist, simulate = {} } = extension.loaded.config;
  return {
    environment: {
      platform: simulate.platform ?? "macOS",
      osVersion: simulate.osVersion ?? "26.1",
      locale: extension.locale(),
    },
    bundle: {
      infoDictionary: { CFBundleIdentifier: `${bundleIdentifier}.downloader`, ...infoPlist.extension },
      appInfoDictionary: { CFBundleIdentifier: bundleIdentifier, ...infoPlist.app },
    },
    clockOffset: extension.now() - Date.now(),
  };
}

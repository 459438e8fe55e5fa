import { callbacksOf, type GuestConfiguration } from "../protocol/guest.js";

export const configuration: GuestConfiguration = {
  mode: "unmanaged",
  callbacks: [...callbacksOf.unmanaged],
  environment: { platform: "macOS", osVersion: "26.1", locale: "de-DE" },
  bundle: { infoDictionary: {}, appInfoDictionary: {} },
  clockOffset: 0,
};

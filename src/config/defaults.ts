import type { Deadlines, Policies } from "./types.js";

/** Milliseconds; `deadlines` of the configuration overrides each. */
export const defaultDeadlines: Deadlines = {
  load: 5_000,
  downloads: 20_000,
  didReceiveChallenge: 10_000,
  downloadFailed: 20_000,
  downloadFinished: 20_000,
  extensionWillTerminate: 1_000,
  shouldDownload: 5_000,
};

/** BCP 47; `simulate.locale` overrides it. */
export const defaultLocale = "en-US";

/** MiB; `limits.heapMegabytes` overrides it. */
export const defaultHeapMegabytes = 64;

/** As Apple's own default implementation; `policies` overrides them. */
export const defaultPolicies: Policies = {
  downloads: "discard",
  didReceiveChallenge: "performDefaultHandling",
  shouldDownload: true,
};

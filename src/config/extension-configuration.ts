import type { ExtensionConfiguration } from "../protocol/extension.js";
import { defaultDeadlines, defaultHeapMegabytes, defaultPolicies } from "./defaults.js";
import type { Config } from "./types.js";

/** What an extension must know of the configuration when it runs, with the defaults filled in. */
export function extensionConfiguration(config: Config): ExtensionConfiguration {
  return {
    mode: config.mode ?? "unmanaged",
    applicationGroupIdentifier: config.applicationGroupIdentifier,
    deadlines: { ...defaultDeadlines, ...config.deadlines },
    policies: { ...defaultPolicies, ...config.policies },
    limits: { heapMegabytes: config.limits?.heapMegabytes ?? defaultHeapMegabytes },
  };
}

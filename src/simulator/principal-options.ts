import { extensionConfiguration } from "../config/index.js";
import type { PrincipalOptions } from "../principal/index.js";
import { systemServices } from "./manager.js";
import type { Device } from "./stage.js";

/** What a principal class is given for one message, wherever it runs. */
export type PrincipalPart = Omit<PrincipalOptions, "launch">;

export function principalOptions(device: Device): PrincipalPart {
  const { extension } = device;
  const { config } = extension.loaded;
  const { mode, applicationGroupIdentifier, deadlines, policies } = extensionConfiguration(config);
  return {
    mode,
    container: extension.container,
    applicationGroupIdentifier,
    deadlines,
    policies,
    system: systemServices(device),
    nativeFunctions: { ...config.simulate?.nativeFunctions },
    mapError(error, failed) {
      const { location, stack } = extension.stackMapper.map(error.stack);
      return {
        message: error.message,
        hint: error.hint ?? null,
        stack,
        location: location ?? extension.stackMapper.locateCallback(failed),
      };
    },
    now: extension.now,
  };
}

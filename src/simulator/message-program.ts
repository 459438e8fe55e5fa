import { extensionConfiguration } from "../config/index.js";
import { runExtension, swiftExtension } from "../hosts/index.js";
import { parseMessage, tellReply, type PrincipalReply } from "../principal/index.js";
import type { SystemMessage } from "../protocol/system.js";
import { extensionDevice } from "./extension-device.js";
import { faultTable, type ExtensionStep } from "./faults/index.js";
import type { PrincipalPart } from "./principal-options.js";
import type { Device } from "./stage.js";

/**
 * Delivers a message to an extension that is a program with its own principal class (host `swift`), in a process of its own
 * (rule `fresh-process`), in which the fault `kill-extension` can strike.
 */
export async function messageProgram(
  given: SystemMessage,
  options: PrincipalPart,
  { extension, faults, signal }: Device,
): Promise<PrincipalReply> {
  const message = parseMessage(given, options);
  const { mode, container, system, nativeFunctions } = options;
  const { command } = await swiftExtension(mode);
  const { reply, logs, processMs, privateDirtyBytes } = await runExtension(command, message, {
    launch: {
      bundlePath: extension.bundlePath,
      configuration: extensionConfiguration(extension.loaded.config),
      device: { ...extensionDevice(extension), container, nativeFunctions: Object.keys(nativeFunctions) },
      checkpoints: faults.killsToCome("extension"),
    },
    system,
    nativeFunctions,
    kills: (place) => isStep(place) && faults.kills("extension", place),
    signal,
  });
  return { ...tellReply(reply, logs, options), processMs, privateDirtyBytes };
}

const isStep = (place: string): place is ExtensionStep =>
  (faultTable["kill-extension"].where as readonly string[]).includes(place);

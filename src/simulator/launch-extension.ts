import { callbacksOf } from "../protocol/guest.js";
import { extensionConfiguration } from "../config/index.js";
import { launchGuest, type GuestHostName } from "../hosts/index.js";
import type { GuestConnection, GuestHooks } from "../principal/index.js";
import { extensionDevice } from "./extension-device.js";
import type { Device } from "./stage.js";

/** Starts a process of the extension (rule `fresh-process`), in which the fault `kill-extension` can strike. */
export async function launchExtension(
  host: GuestHostName,
  device: Device,
  hooks: GuestHooks,
): Promise<GuestConnection> {
  const { extension, faults, signal } = device;
  const { mode, deadlines, limits } = extensionConfiguration(extension.loaded.config);
  const connection = await launchGuest({
    ...hooks,
    async onHostCall(call) {
      const reply = await hooks.onHostCall(call);
      if (call.name === "file.moveTo" && reply.ok && faults.kills("extension", "moveTo")) connection.kill();
      return reply;
    },
    host,
    bundle: { path: extension.bundlePath },
    configuration: { mode, callbacks: [...callbacksOf[mode]], ...extensionDevice(extension) },
    loadDeadlineMs: deadlines.load,
    heapMegabytes: limits.heapMegabytes,
    signal,
  });
  const dispatch = connection.dispatch.bind(connection);
  connection.dispatch = (event, deadlineMs, on) => {
    const outcome = dispatch(event, deadlineMs, on);
    const { kind } = event;
    if (kind !== "extensionWillTerminate" && kind !== "shouldDownload" && faults.kills("extension", kind)) {
      connection.kill();
    }
    return outcome;
  };
  return connection;
}

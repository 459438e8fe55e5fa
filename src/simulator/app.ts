import type { URLDownloadMessage } from "../protocol/values.js";
import type { DownloadError, DownloadRecord } from "../sdk/index.js";
import { urlDownload } from "../sdk/index.js";
import { SystemRefusal } from "./errors.js";
import { cancel, currentDownloads, schedule } from "./manager.js";
import type { AppDelegate, RunningApp } from "./options.js";
import { recordOf } from "./queue.js";
import type { QueuedDownload } from "./state-schema.js";
import type { Device } from "./stage.js";

/**
 * The app in the foreground: rules `delegate-first`, `foreground-promotes`.
 * @param enqueue Runs work after everything that plays already.
 * @param playQueue Loads and delivers what is scheduled.
 */
export function launchApp(
  device: Device,
  delegate: AppDelegate,
  enqueue: <T>(work: () => Promise<T>) => Promise<T>,
  playQueue: () => Promise<void>,
): RunningApp {
  device.app.delegate = delegate;
  const quit = async (): Promise<void> => {
    device.control.release("app");
    if (device.app.delegate === delegate) device.app.delegate = null;
  };
  const running = (): void => {
    if (device.app.delegate !== delegate) throw new Error("The app has quit.");
  };
  const download = (given: Parameters<RunningApp["schedule"]>[0]): URLDownloadMessage => ({
    applicationGroupIdentifier: device.extension.loaded.config.applicationGroupIdentifier,
    ...messageOf(given),
  });
  return {
    schedule: (given) =>
      enqueue(async () => {
        running();
        return recordOf(accepted(await schedule(device, download(given))), "waiting");
      }),
    startForegroundDownload: (given) =>
      enqueue(async () => {
        running();
        const entry = accepted(await schedule(device, download(given), { foreground: true }));
        await playQueue();
        return recordOf(entry, entry.state === "loaded" ? "finished" : entry.error ? "failed" : "waiting");
      }),
    cancel: ({ uniqueIdentifier }: DownloadRecord) =>
      enqueue(async () => {
        running();
        const refusal = await cancel(device, uniqueIdentifier);
        if (refusal) throw new SystemRefusal(refusal);
      }),
    currentDownloads: () => enqueue(async () => (running(), currentDownloads(device))),
    // Not queued: it is for what happens while the extension works.
    async takeExclusiveControl() {
      running();
      const refusal = await device.control.acquire("app");
      if (refusal) throw new SystemRefusal(refusal);
      return () => device.control.release("app");
    },
    quit,
    [Symbol.asyncDispose]: quit,
  };
}

function accepted(given: QueuedDownload | DownloadError): QueuedDownload {
  if ("download" in given) return given;
  throw new SystemRefusal(given);
}

/** Checked as the handler's are: the initializer of `BAURLDownload` traps for an app, too. */
function messageOf(given: Parameters<RunningApp["schedule"]>[0]): URLDownloadMessage {
  const { identifier, request, fileSize, essential, priority, applicationGroupIdentifier } = urlDownload(given);
  const { headers, ...others } = request;
  return {
    identifier,
    request: { ...others, ...(headers && { headers: { ...headers } }) },
    fileSize,
    essential,
    priority,
    ...(applicationGroupIdentifier !== undefined && { applicationGroupIdentifier }),
  };
}

import type { GuestConfiguration } from "../protocol/guest.js";
import type { SystemMessage, SystemReply } from "../protocol/system.js";
import { defaultDeadlines, defaultHeapMegabytes, type LoadedConfig } from "../config/index.js";
import { launchGuest, type HostName } from "../hosts/index.js";
import { callbacks, handleSystemMessage } from "../principal/index.js";
import type { createStackMapper } from "../build/index.js";
import type { Recorder } from "./recorder.js";

/** What every wake of an extension needs, made once per simulator. */
export interface Extension {
  readonly loaded: LoadedConfig;
  readonly bundlePath: string;
  readonly stackMapper: ReturnType<typeof createStackMapper>;
  readonly host: HostName;
  readonly container: string;
  readonly now: () => number;
  /** BCP 47; a language change moves it. */
  readonly locale: () => string;
}

/** Wakes the extension in a process of its own (rule `fresh-process`), delivers one message and records the call. */
export async function wake(
  extension: Extension,
  message: SystemMessage,
  recorder: Recorder,
  signal: AbortSignal,
): Promise<SystemReply> {
  const { config } = extension.loaded;
  const callback = callbacks[message.kind];
  const identifier = "download" in message ? message.download.identifier : null;
  const deadlines = { ...defaultDeadlines, ...config.deadlines };
  recorder.progress({ kind: "call", callback, identifier });

  const { processMs, privateDirtyBytes, ...reply } = await handleSystemMessage(message, {
    launch: (hooks) =>
      launchGuest({
        ...hooks,
        host: extension.host,
        bundle: { path: extension.bundlePath },
        configuration: guestConfiguration(extension),
        loadDeadlineMs: deadlines.load,
        heapMegabytes: config.limits?.heapMegabytes ?? defaultHeapMegabytes,
        signal,
      }),
    container: extension.container,
    applicationGroupIdentifier: config.applicationGroupIdentifier,
    deadlines,
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
  });

  reply.logs.forEach((entry) => recorder.log(entry));
  reply.notifications.forEach((name) => recorder.notification(name));
  reply.diagnostics.forEach((diagnostic) => recorder.diagnostic(diagnostic));
  const { outcome, durationMs } = reply;
  const location = outcome === "notImplemented" ? null : extension.stackMapper.locateCallback(callback);
  const summary = summarize(reply);
  recorder.call({ callback, identifier, outcome, summary, location, durationMs, processMs, privateDirtyBytes });
  return reply;
}

function guestConfiguration(extension: Extension): GuestConfiguration {
  const { bundleIdentifier, infoPlist, mode = "unmanaged", simulate = {} } = extension.loaded.config;
  return {
    mode,
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

function summarize({ answer, outcome, file }: SystemReply): string {
  if (outcome === "notImplemented") return "not implemented; the system's default answered";
  if (outcome !== "answered") return "the system's default answered, because the handler failed";
  if (answer.kind === "challenge") return answer.answer.disposition;
  if (answer.kind === "downloads")
    return answer.downloads.length === 1 ? "1 download" : `${answer.downloads.length} downloads`;
  if (file?.kind === "claimed") return `moved to ${file.path}`;
  return file ? "did not claim the file" : "done";
}

import type { SystemMessage, SystemReply } from "../protocol/system.js";
import { defaultDeadlines, defaultPolicies, type LoadedConfig } from "../config/index.js";
import type { HostName } from "../hosts/index.js";
import { callbacks, handleSystemMessage } from "../principal/index.js";
import type { createStackMapper } from "../build/index.js";
import { launchExtension } from "./launch-extension.js";
import { systemServices } from "./manager.js";
import type { Stage } from "./stage.js";

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
export async function wake(message: SystemMessage, stage: Omit<Stage, "loader">): Promise<SystemReply> {
  const { extension, recorder } = stage;
  const { config } = extension.loaded;
  const callback = callbacks[message.kind];
  const identifier = "download" in message ? message.download.identifier : null;
  recorder.progress({ kind: "call", callback, identifier });

  const { processMs, privateDirtyBytes, ...reply } = await handleSystemMessage(message, {
    launch: (hooks) => launchExtension(stage, hooks),
    container: extension.container,
    applicationGroupIdentifier: config.applicationGroupIdentifier,
    deadlines: { ...defaultDeadlines, ...config.deadlines },
    policies: { ...defaultPolicies, ...config.policies },
    system: systemServices(stage),
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
  });
  // Killed by the user: what was delivered is delivered again when the simulation goes on.
  stage.signal.throwIfAborted();

  reply.logs.forEach((entry) => recorder.log(entry));
  reply.notifications.forEach((name) => recorder.notification(name));
  reply.diagnostics.forEach((diagnostic) => recorder.diagnostic(diagnostic));
  reply.reoffered.forEach((offer) => recorder.reoffered(offer));
  const { outcome, durationMs } = reply;
  const location = outcome === "notImplemented" ? null : extension.stackMapper.locateCallback(callback);
  const summary = summarize(reply);
  recorder.call({ callback, identifier, outcome, summary, location, durationMs, processMs, privateDirtyBytes });
  return reply;
}

function summarize({ answer, outcome, file }: SystemReply): string {
  if (outcome === "notImplemented") return "not implemented; the system's default answered";
  if (outcome !== "answered") return "the system's default answered, because the handler failed";
  if (answer.kind === "challenge") return answer.answer.disposition;
  if (answer.kind === "downloads")
    return answer.downloads.length === 1 ? "1 download" : `${answer.downloads.length} downloads`;
  if (file?.kind === "claimed") return `moved to ${file.path}`;
  if (file?.kind === "kept") return "kept the file, to be offered it again";
  return file ? "did not claim the file" : "done";
}

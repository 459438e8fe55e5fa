import type { SystemMessage, SystemReply } from "../protocol/system.js";
import type { LoadedConfig } from "../config/index.js";
import type { HostName } from "../hosts/index.js";
import { callbacks, handleSystemMessage } from "../principal/index.js";
import type { createStackMapper } from "../build/index.js";
import { launchExtension } from "./launch-extension.js";
import { messageProgram } from "./message-program.js";
import { principalOptions } from "./principal-options.js";
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
  const { host } = extension;
  const callback = callbacks[message.kind];
  const identifier = "download" in message ? message.download.identifier : null;
  recorder.progress({ kind: "call", callback, identifier });

  const options = principalOptions(stage);
  const { processMs, privateDirtyBytes, ...reply } =
    host === "swift"
      ? await messageProgram(message, options, stage)
      : await handleSystemMessage(message, { ...options, launch: (hooks) => launchExtension(host, stage, hooks) });
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
  if (answer.kind === "shouldDownload") return answer.shouldDownload ? "to be downloaded" : "not to be downloaded";
  if (answer.kind === "downloads")
    return answer.downloads.length === 1 ? "1 download" : `${answer.downloads.length} downloads`;
  if (file?.kind === "claimed") return `moved to ${file.path}`;
  if (file?.kind === "kept") return "kept the file, to be offered it again";
  return file ? "did not claim the file" : "done";
}

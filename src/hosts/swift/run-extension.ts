import { mkdir } from "node:fs/promises";
import type { ExtensionReply } from "../../protocol/extension.js";
import type { LogEntry, SystemMessage } from "../../protocol/system.js";
import type { ProcessCost } from "../../principal/run-guest.js";
import { startProcess, type HostCommand } from "../extension-process.js";
import { Conversation } from "./conversation.js";
import type { ConversationOptions } from "./conversation-options.js";
import { replyOf } from "./message-end.js";

export interface ExtensionRunOptions extends ConversationOptions {
  /** Ends the process. */
  readonly signal?: AbortSignal | undefined;
}

/** What a message came to, and what its process cost. */
export interface ExtensionRun extends ProcessCost {
  readonly reply: ExtensionReply;
  /** What the process logged, and what it wrote to stdout (`default`) and stderr (`error`). */
  readonly logs: readonly LogEntry[];
}

/**
 * Delivers one message to an extension process of its own, whose principal class is in it, and ends the process. Whatever
 * the process does, there is a reply (`replyOf`).
 */
export async function runExtension(
  command: HostCommand,
  message: SystemMessage,
  options: ExtensionRunOptions,
): Promise<ExtensionRun> {
  const { launch, signal, system } = options;
  await mkdir(launch.device.container, { recursive: true });
  const logs: LogEntry[] = [];
  const started = performance.now();
  const process = startProcess(command, (level, text) => logs.push({ level, message: text, source: "handler" }));
  const conversation = new Conversation(process, message, options, (entry) => logs.push(entry));
  const kill = (): void => conversation.kill();
  signal?.addEventListener("abort", kill, { once: true });
  if (signal?.aborted) kill();
  const end = await conversation.end;
  const processMs = performance.now() - started;
  await conversation.stop();
  signal?.removeEventListener("abort", kill);
  // A process that is gone holds nothing.
  system.releaseExclusiveControl();
  const privateDirtyBytes = end.kind === "answered" ? end.privateDirtyBytes : null;
  return { reply: replyOf(end, message.kind, launch.configuration), logs, processMs, privateDirtyBytes };
}

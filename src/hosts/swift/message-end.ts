import type { ExtensionReply } from "../../protocol/extension.js";
import type { SystemMessageKind } from "../../protocol/system.js";
import { callbacks, policyAnswer, type PrincipalOptions } from "../../principal/index.js";

/** How a message ended. */
export type MessageEnd =
  | { readonly kind: "answered"; readonly reply: ExtensionReply; readonly privateDirtyBytes: number | null }
  /** There will be no reply, and `message` says why. */
  | {
      readonly kind: "died";
      readonly message: string;
      /** By us, because a fault or the caller asked for it. */
      readonly killed: boolean;
      /** Milliseconds since the callback of the message was called; 0 when it was not. */
      readonly durationMs: number;
    };

/**
 * What the system answers itself with when the extension's process, and the principal class in it, is gone: as the policies
 * say, with the diagnostic `BA_EXTENSION_DIED`. Where a finished file is, nobody knows: `file` is null, and the system
 * delivers it again.
 */
export function replyOf(
  end: MessageEnd,
  kind: SystemMessageKind,
  options: Pick<PrincipalOptions, "policies">,
): ExtensionReply {
  if (end.kind === "answered") return end.reply;
  const callback = callbacks[kind];
  const hint =
    "Play the same with --host embedded: what ends there, too, the handler has done; report what ends here only.";
  const error = { code: "BA_EXTENSION_DIED", message: end.message, ...(!end.killed && { hint }) };
  return {
    answer: policyAnswer(callback, options),
    outcome: "engine",
    durationMs: end.durationMs,
    file: null,
    reoffered: [],
    notifications: [],
    observations: [{ error, callback, severity: "error" }],
  };
}

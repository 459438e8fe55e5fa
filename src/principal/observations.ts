import type { GuestError } from "../protocol/guest.js";
import type { Diagnostic, LogEntry, SystemAnswer, SystemReply } from "../protocol/system.js";
import { withHint } from "./hints.js";
import type { Callback, PrincipalOptions } from "./options.js";
import { redact } from "./redact.js";
import type { Verdict } from "./verdict.js";

/** What the principal class observes while it answers one message. */
export class Observations {
  readonly diagnostics: Diagnostic[] = [];
  /** Names of Darwin notifications. */
  readonly notifications: string[] = [];
  readonly #logs: LogEntry[] = [];
  readonly #options: Pick<PrincipalOptions, "mapError" | "mode">;

  constructor(options: Pick<PrincipalOptions, "mapError" | "mode">) {
    this.#options = options;
  }

  /** `callback`: the key of the handler that the error is about. */
  diagnose(error: GuestError, callback: string, severity: Diagnostic["severity"] = "error"): void {
    const { mapError, mode } = this.#options;
    const { message, hint, location } = mapError(withHint(error, mode), namedKey(error) ?? callback);
    this.diagnostics.push({ code: error.code, severity, message, hint, location });
  }

  /** How a callback was judged. `which`: what tells it from others of the same process. */
  verdict({ answer, outcome, errors }: Verdict, callback: Callback, which = ""): void {
    for (const error of errors) this.diagnose(error, callback);
    if (errors.length === 0) return;
    const message = `${callback}${which}: ${insteadOfHandler(answer)} (${outcome}).`;
    this.#logs.push({ level: "error", source: "principal", message });
  }

  /** All of it, and what the handler logged, without the secrets of its answer. */
  told(
    secrets: readonly string[],
    logs: readonly LogEntry[],
  ): Pick<SystemReply, "diagnostics" | "notifications" | "logs"> {
    const clean = (message: string): string => redact(message, secrets);
    return {
      diagnostics: this.diagnostics.map((entry) => ({ ...entry, message: clean(entry.message) })),
      notifications: this.notifications.map(clean),
      logs: [...logs, ...this.#logs].map((entry) => ({ ...entry, message: clean(entry.message) })),
    };
  }
}

function insteadOfHandler(answer: SystemAnswer): string {
  if (answer.kind === "challenge") return `${answer.answer.disposition} was answered`;
  if (answer.kind === "shouldDownload") return `${answer.shouldDownload} was answered`;
  const kept = answer.kind === "downloads" ? answer.downloads.length : 0;
  return kept > 0 ? `of its answer, downloads are kept: ${kept}` : "the native default answered";
}

/** Errors about one key of the handler object point at that key, not at the callback that was about to run. */
function namedKey({ code, message }: GuestError): string | undefined {
  return /^BA_HANDLER_(UNKNOWN_KEY|NOT_FUNCTION)$/.test(code) ? /"(.*?)"/.exec(message)?.[1] : undefined;
}

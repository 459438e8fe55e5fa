import type { GuestConfiguration, GuestEvent, GuestReply, HostCall, HostReply } from "../../protocol/guest.js";
import type { Native } from "../native.js";
import { readBytes, readText } from "../../hosts/child/worker-files.js";
import { createJsonFunctions } from "../../hosts/child/worker-json.js";
import { callbacksOf, guestReply } from "../../protocol/guest.js";
import { createStart } from "../index.js";

const configuration: Omit<GuestConfiguration, "mode" | "callbacks"> = {
  environment: { platform: "macOS", osVersion: "26.1", locale: "de-DE" },
  bundle: { infoDictionary: { CFBundleIdentifier: "com.example.app.downloader" }, appInfoDictionary: {} },
  clockOffset: 0,
};

/** Arguments of `Native.emitDownload`. */
export type Emitted = Parameters<Native["emitDownload"]>;

/** An engine around a handler in this very process: what the guest does arrives here, in its order. */
export class Engine implements Disposable {
  readonly callbacks: readonly string[];
  readonly emitted: Emitted[] = [];
  readonly calls: { readonly number: number; readonly call: HostCall }[] = [];
  readonly logs: { readonly level: number; readonly message: string }[] = [];
  /** Replies in the order in which they came; more than one for an event would be a fault. */
  readonly replies: { readonly event: number; readonly reply: GuestReply }[] = [];
  /** Documents that the guest has opened and not closed. */
  readonly openDocuments = new Set<number>();
  /** Steps from one element or member to the next. */
  steps = 0;
  /** Gets each text of a node that the guest reads. */
  onText: ((text: string) => void) | undefined;
  /** Answers host calls; without one they stay open until `answerCall`. */
  onHostCall: ((call: HostCall) => HostReply) | undefined;
  readonly #guest: ReturnType<ReturnType<typeof createStart>>;
  readonly #waiting = new Map<number, (reply: GuestReply) => void>();
  readonly #console = globalThis.console;
  #events = 0;

  constructor(handler: unknown, changes: Partial<GuestConfiguration> = {}) {
    const { mode = "unmanaged" } = changes;
    const callbacks = callbacksOf[mode];
    const json = createJsonFunctions();
    const native: Native = {
      emitDownload: (...download) => void this.emitted.push(download),
      reply: (event, json) => {
        const reply = guestReply.parse(JSON.parse(json));
        this.replies.push({ event, reply });
        this.#waiting.get(event)?.(reply);
      },
      hostCall: (json) => {
        const number = this.calls.length + 1;
        const call = JSON.parse(json) as HostCall;
        this.calls.push({ number, call });
        const reply = this.onHostCall?.(call);
        if (reply) queueMicrotask(() => this.answerCall(number, reply));
        return number;
      },
      log: (level, message) => void this.logs.push({ level, message }),
      readText,
      readBytes,
      ...json,
      jsonOpen: (path) => {
        const document = json.jsonOpen(path);
        this.openDocuments.add(document);
        return document;
      },
      jsonClose: (document) => {
        json.jsonClose(document);
        this.openDocuments.delete(document);
      },
      jsonText: (...node) => {
        const text = json.jsonText(...node);
        this.onText?.(text);
        return text;
      },
      jsonNext: (...node) => (this.steps++, json.jsonNext(...node)),
    };
    try {
      this.#guest = createStart(handler)(native, JSON.stringify({ ...configuration, mode, callbacks, ...changes }));
    } catch (error) {
      this[Symbol.dispose]();
      throw error;
    }
    this.callbacks = this.#guest.callbacks;
  }

  /** Sends one event; resolves to its reply. */
  dispatch(event: GuestEvent): Promise<GuestReply> {
    const number = ++this.#events;
    return new Promise((resolve) => {
      this.#waiting.set(number, resolve);
      this.#guest.dispatch(number, JSON.stringify(event));
    });
  }

  answerCall(number: number, reply: HostReply): void {
    this.#guest.hostReply(number, JSON.stringify(reply));
  }

  [Symbol.dispose](): void {
    globalThis.console = this.#console;
  }
}

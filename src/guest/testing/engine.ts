import { readFileSync } from "node:fs";
import type { GuestConfiguration, GuestEvent, GuestReply, HostCall, HostReply } from "../../protocol/guest.js";
import type { Native } from "../native.js";
import { guestReply } from "../../protocol/guest.js";
import { createStart } from "../index.js";

const configuration: GuestConfiguration = {
  mode: "unmanaged",
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
  /** Answers host calls; without one they stay open until `answerCall`. */
  onHostCall: ((call: HostCall) => HostReply) | undefined;
  readonly #guest: ReturnType<ReturnType<typeof createStart>>;
  readonly #waiting = new Map<number, (reply: GuestReply) => void>();
  readonly #console = globalThis.console;
  #events = 0;

  constructor(handler: unknown, changes: Partial<GuestConfiguration> = {}) {
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
      readText: (path) => readFileSync(path, "utf8"),
      readBytes: (path) => readFileSync(path),
    };
    try {
      this.#guest = createStart(handler)(native, JSON.stringify({ ...configuration, ...changes }));
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

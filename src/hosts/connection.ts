import type { GuestConnection, DispatchOutcome, GuestHooks } from "../principal/guest-connection.js";
import type { ChildFrame, ParentFrame } from "../protocol/frames.js";
import type { GuestEvent } from "../protocol/guest.js";
import type { URLDownloadMessage } from "../protocol/values.js";
import { encodeFrame } from "../protocol/frame-codec.js";
import { refusedFrame } from "./child-frames.js";
import type { ExtensionProcess } from "./extension-process.js";
import { readPrivateDirtyBytes } from "./private-dirty.js";

/** The child keeps the deadlines; this much later the parent stops waiting for it. */
export const graceMs = 2_000;

interface PendingEvent {
  readonly onDownload: (download: URLDownloadMessage) => void;
  readonly settle: (outcome: DispatchOutcome) => void;
}

interface PendingPing {
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** Why nothing can be answered any more. */
type Ended = Exclude<DispatchOutcome, { outcome: "answered" }>;

/** What `hello` and `loaded` told about the process. */
export interface GuestDescription {
  readonly engine: "node" | "jsc";
  readonly engineVersion: string;
  readonly callbacks: readonly string[];
}

/** A loaded extension process, over its frames. */
export class FrameConnection implements GuestConnection {
  readonly pid: number;
  readonly engine: "node" | "jsc";
  readonly engineVersion: string;
  readonly callbacks: readonly string[];
  readonly #process: ExtensionProcess;
  readonly #hooks: GuestHooks;
  readonly #events = new Map<number, PendingEvent>();
  readonly #pings = new Map<number, PendingPing>();
  #nextId = 1;
  #ended: Ended | undefined;
  #stopping: Promise<void> | undefined;

  constructor(process: ExtensionProcess, description: GuestDescription, hooks: GuestHooks) {
    this.pid = process.pid;
    this.engine = description.engine;
    this.engineVersion = description.engineVersion;
    this.callbacks = description.callbacks;
    this.#process = process;
    this.#hooks = hooks;
    void process.ended.then(({ how }) => {
      this.#end({
        outcome: "engine",
        message: withTail(`The extension process ${how}.`, process.stderrTail.toString()),
      });
    });
  }

  dispatch(
    event: GuestEvent,
    deadlineMs: number,
    on: { download(download: URLDownloadMessage): void },
  ): Promise<DispatchOutcome> {
    if (this.#ended) return Promise.resolve(this.#ended);
    const id = this.#nextId++;
    return new Promise((resolve) => {
      const timer =
        deadlineMs > 0
          ? setTimeout(() => {
              this.fail(
                `The extension process did not answer ${event.kind} within ${graceMs} ms after its deadline of ${deadlineMs} ms, and was ended.`,
              );
            }, deadlineMs + graceMs)
          : undefined;
      const settle = (outcome: DispatchOutcome): void => {
        clearTimeout(timer);
        this.#events.delete(id);
        resolve(outcome);
      };
      this.#events.set(id, { onDownload: (download) => on.download(download), settle });
      this.#send({ kind: "dispatch", id, deadlineMs, event });
    });
  }

  ping(): Promise<void> {
    if (this.#ended) return Promise.reject(new Error(this.#ended.message));
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#pings.set(id, { resolve, reject });
      this.#send({ kind: "ping", id });
    });
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  kill(): void {
    this.#end({ outcome: "stopped", message: "The extension process was ended." });
    this.#process.kill();
  }

  /** Ends the process because it cannot be relied on; what is unanswered gets the outcome `engine`. */
  fail(message: string): void {
    this.#end({ outcome: "engine", message: withTail(message, this.#process.stderrTail.toString()) });
    this.#process.kill();
  }

  privateDirtyBytes(): number | null {
    return this.#ended ? null : readPrivateDirtyBytes(this.pid);
  }

  /** A frame that came after `loaded`. */
  receive(frame: ChildFrame): void {
    if (this.#ended) return;
    switch (frame.kind) {
      case "download":
        return this.#events.get(frame.id)?.onDownload(frame.download);
      case "reply":
        return this.#events.get(frame.id)?.settle(toOutcome(frame));
      case "hostCall":
        void this.#answer(frame);
        return;
      case "pong":
        this.#pings.get(frame.id)?.resolve();
        this.#pings.delete(frame.id);
        return;
      case "log":
        return this.#hooks.onLog(frame.level, frame.message);
      case "protocolError":
        return this.#hooks.onLog("error", refusedFrame(frame));
      case "hello":
      case "loaded":
      case "loadFailed":
        return this.fail(`The extension process sent the frame "${frame.kind}" twice.`);
    }
  }

  async #answer(frame: Extract<ChildFrame, { kind: "hostCall" }>): Promise<void> {
    const reply = await this.#hooks.onHostCall(frame.call);
    if (!this.#ended) this.#send({ kind: "hostReply", id: frame.id, reply });
  }

  async #stop(): Promise<void> {
    if (!this.#ended) this.#send({ kind: "stop" });
    const timer = setTimeout(() => this.#process.kill(), graceMs);
    await this.#process.ended;
    clearTimeout(timer);
  }

  #send(frame: ParentFrame): void {
    this.#process.input.write(encodeFrame(frame));
  }

  /** The first reason counts. */
  #end(ended: Ended): void {
    if (this.#ended) return;
    this.#ended = ended;
    for (const event of [...this.#events.values()]) event.settle(ended);
    for (const ping of this.#pings.values()) ping.reject(new Error(ended.message));
    this.#pings.clear();
  }
}

function toOutcome(frame: Extract<ChildFrame, { kind: "reply" }>): DispatchOutcome {
  return frame.outcome === "answered"
    ? { outcome: "answered", reply: frame.reply }
    : { outcome: frame.outcome, message: frame.message };
}

/** What a process said last is the best that is known about its end. */
export function withTail(message: string, tail: string): string {
  return tail === "" ? message : `${message} Its last output:\n${tail}`;
}

import type { ExtensionChildFrame, ExtensionParentFrame } from "../../protocol/extension.js";
import { encodeFrame } from "../../protocol/frame-codec.js";
import type { GuestEventKind } from "../../protocol/guest.js";
import type { LogEntry, SystemMessage } from "../../protocol/system.js";
import { callbacks } from "../../principal/index.js";
import { brokeProtocol, extensionFrames, listen, refusedFrame } from "../child-frames.js";
import { graceMs, withTail } from "../connection.js";
import type { ExtensionProcess } from "../extension-process.js";
import { helloLimitMs } from "../launch-command.js";
import { Limit } from "../limit.js";
import { readPrivateDirtyBytes } from "../private-dirty.js";
import type { ConversationOptions } from "./conversation-options.js";
import type { MessageEnd } from "./message-end.js";
import { answerSystemCall, failure } from "./system-calls.js";

const messageId = 1;

/**
 * The conversation with an extension process that has its own principal class: hello, launch, one message, its reply. The
 * process keeps the deadlines; when it is silent for longer than they allow, it is ended.
 */
export class Conversation {
  /** Settles when the message has been answered, or will never be. */
  readonly end: Promise<MessageEnd>;
  readonly #process: ExtensionProcess;
  readonly #message: SystemMessage;
  readonly #options: ConversationOptions;
  readonly #limits: { readonly hello: number; readonly grace: number };
  readonly #onLog: (entry: LogEntry) => void;
  #resolve!: (end: MessageEnd) => void;
  readonly #silence = new Limit();
  #stage: "started" | "greeted" | "asked" = "started";
  /** The callback that was called last, of this message or for a file that is offered again before it. */
  #called: { readonly callback: GuestEventKind; readonly at: number } | null = null;
  #settled = false;
  #processEnded = false;

  constructor(
    process: ExtensionProcess,
    message: SystemMessage,
    options: ConversationOptions,
    onLog: (entry: LogEntry) => void,
  ) {
    this.#process = process;
    this.#message = message;
    this.#options = options;
    this.#limits = options.limits ?? { hello: helloLimitMs, grace: graceMs };
    this.#onLog = onLog;
    this.end = new Promise((resolve) => (this.#resolve = resolve));
    this.#limit(this.#limits.hello);
    listen(process.output, extensionFrames, {
      onFrame: (frame) => this.#receive(frame),
      onIgnored: (text) => this.#log(text),
      onBroken: (problem) => this.#break(problem),
    });
    void process.ended.then(({ how, started }) => {
      this.#processEnded = true;
      this.#die(`The extension process ${how}${started ? ` ${this.#place()}.` : ""}`);
    });
  }

  /** Ends the process at once. */
  kill(): void {
    this.#die(`The extension process was ended ${this.#place()}.`, true);
  }

  /** Has the process end by itself, and sees to it that it does. */
  async stop(): Promise<void> {
    this.#send({ kind: "stop" });
    const timer = setTimeout(() => this.#process.kill(), this.#limits.grace);
    await this.#process.ended;
    clearTimeout(timer);
  }

  #receive(frame: ExtensionChildFrame): void {
    switch (frame.kind) {
      case "hello":
        if (this.#stage !== "started") return this.#misplaced(frame);
        if (frame.host !== "swift") return this.#break(`It is the host ${JSON.stringify(frame.host)}, not swift.`);
        this.#stage = "greeted";
        this.#limit(this.#limits.hello);
        return this.#send({ kind: "launch", ...this.#options.launch });
      case "launched":
        if (this.#stage !== "greeted") return this.#misplaced(frame);
        this.#stage = "asked";
        this.#limitOf(callbacks[this.#message.kind]);
        return this.#send({ kind: "message", id: messageId, message: this.#message });
      case "reply":
        if (this.#stage !== "asked" || frame.id !== messageId) return this.#misplaced(frame);
        return this.#settle({
          kind: "answered",
          reply: frame.reply,
          privateDirtyBytes: readPrivateDirtyBytes(this.#process.pid),
        });
      case "checkpoint":
        return this.#pass(frame);
      case "systemCall":
        void this.#answer(frame);
        return;
      case "log":
        return this.#onLog(frame.entry);
      case "protocolError":
        return this.#log(refusedFrame(frame));
      case "pong":
        return;
    }
  }

  #pass({ id, place }: Extract<ExtensionChildFrame, { kind: "checkpoint" }>): void {
    const { launch } = this.#options;
    if (!this.#settled) {
      if (isCallback(place)) this.#called = { callback: place, at: performance.now() };
      if (this.#options.kills(place)) return this.kill();
      // A file that is offered again has deadlines of its own.
      this.#limitOf(this.#called?.callback ?? callbacks[this.#message.kind]);
    }
    if (launch.checkpoints) this.#send({ kind: "proceed", id });
  }

  async #answer({ id, call }: Extract<ExtensionChildFrame, { kind: "systemCall" }>): Promise<void> {
    const { system, nativeFunctions } = this.#options;
    const result = await answerSystemCall(call, { system, nativeFunctions, ended: () => this.#processEnded });
    try {
      this.#send({ kind: "systemResult", id, ...result });
    } catch (error) {
      // A function of the app returned more than a frame holds.
      this.#send({ kind: "systemResult", id, ...failure(error) });
    }
  }

  #limitOf(callback: GuestEventKind): void {
    const { deadlines } = this.#options.launch.configuration;
    this.#limit(deadlines.load + deadlines[callback] + this.#limits.grace);
  }

  #limit(ms: number): void {
    this.#silence.start(ms, () =>
      this.#die(`The extension process was silent for ${ms} ms ${this.#place()}, and was ended.`),
    );
  }

  /** What comes after the reply changes nothing any more. */
  #misplaced({ kind }: ExtensionChildFrame): void {
    if (!this.#settled) this.#break(`It sent the frame "${kind}" where none was due.`);
  }

  #break(problem: string): void {
    this.#die(brokeProtocol(problem));
  }

  #die(message: string, killed = false): void {
    const { callback, at } = this.#called ?? {};
    const own = callback === callbacks[this.#message.kind] && at !== undefined;
    this.#settle({
      kind: "died",
      message: killed ? message : withTail(message, this.#process.stderrTail.toString()),
      killed,
      durationMs: own ? performance.now() - at : 0,
    });
    this.#process.kill();
  }

  /** The first end counts. */
  #settle(end: MessageEnd): void {
    this.#silence.end();
    this.#settled = true;
    this.#resolve(end);
  }

  /** Where the process is, for people. */
  #place(): string {
    return this.#called ? `during ${this.#called.callback}` : `before ${callbacks[this.#message.kind]} was called`;
  }

  #log(message: string): void {
    this.#onLog({ level: "error", source: "system", message });
  }

  #send(frame: ExtensionParentFrame): void {
    if (!this.#processEnded) this.#process.input.write(encodeFrame(frame));
  }
}

const isCallback = (place: string): place is GuestEventKind => (Object.values(callbacks) as string[]).includes(place);

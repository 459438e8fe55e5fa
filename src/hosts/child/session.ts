import type { Readable, Writable } from "node:stream";
import type { ChildFrame, ParentFrame } from "../../protocol/frames.js";
import { encodeFrame, encodeFrameText, FrameDecoder } from "../../protocol/frame-codec.js";
import { protocolVersion } from "../../protocol/version.js";
import { invalid, isProblem, readParentFrame } from "./parent-frame.js";
import type { Runtime, RuntimeOutcome } from "./runtime.js";
import { WorkerRuntime } from "./worker-runtime.js";

/**
 * Speaks the frames of `protocol/frames.ts` for a handler in a worker thread. `input` comes from the parent (fd 3),
 * `output` leads to it (fd 4). Settles when the parent said `stop`, or is gone.
 */
export async function runSession(input: Readable, output: Writable): Promise<"stopped" | "parentGone"> {
  const session = new Session(output);
  const decoder = new FrameDecoder();
  try {
    for await (const chunk of input) {
      for (const frame of decoder.push(chunk)) {
        if (!frame.ok) session.send({ kind: "protocolError", ...invalid(frame.error.message) });
        else if (session.receive(frame.value) === "stop") {
          await session.stop();
          return "stopped";
        }
      }
    }
  } catch (error) {
    // A broken pipe is how a parent's sudden end looks like; a broken frame cannot be survived either.
    process.stderr.write(`ba-extension: ${error instanceof Error ? error.message : String(error)}\n`);
  }
  return "parentGone";
}

class Session {
  readonly #output: Writable;
  #runtime: Runtime | undefined;

  constructor(output: Writable) {
    this.#output = output;
    this.send({
      kind: "hello",
      protocol: protocolVersion,
      host: "worker",
      engine: "node",
      engineVersion: process.versions.node,
      pid: process.pid,
    });
  }

  /** `written`: called when it has left the process. */
  send(frame: ChildFrame, written?: () => void): void {
    this.#output.write(encodeFrame(frame), written);
  }

  receive(value: unknown): "stop" | undefined {
    const frame = readParentFrame(value);
    if (isProblem(frame)) {
      this.send({ kind: "protocolError", ...frame });
      return undefined;
    }
    switch (frame.kind) {
      case "load":
        void this.#load(frame);
        return undefined;
      case "dispatch":
        void this.#dispatch(frame);
        return undefined;
      case "hostReply":
        this.#runtime?.answerHostCall(frame.id, JSON.stringify(frame.reply));
        return undefined;
      case "ping":
        this.send({ kind: "pong", id: frame.id });
        return undefined;
      case "stop":
        return "stop";
    }
  }

  async stop(): Promise<void> {
    await this.#runtime?.stop();
  }

  async #load(frame: Extract<ParentFrame, { kind: "load" }>): Promise<void> {
    if (this.#runtime) return this.send({ kind: "protocolError", ...invalid("a process loads one bundle, once") });
    this.#runtime = new WorkerRuntime({
      heapMegabytes: frame.limits.heapMegabytes,
      onHostCall: (id, json) => this.#sendText(`{"kind":"hostCall","id":${id},"call":${json}}`),
      onLog: (level, message, written) => this.send({ kind: "log", level, message }, written),
    });
    const outcome = await this.#runtime.load(frame.bundlePath, JSON.stringify(frame.configuration), frame.deadlineMs);
    if (outcome.ok) this.send({ kind: "loaded", callbacks: [...outcome.callbacks] });
    else this.send({ kind: "loadFailed", error: outcome.error });
  }

  async #dispatch({ id, event, deadlineMs }: Extract<ParentFrame, { kind: "dispatch" }>): Promise<void> {
    const outcome: RuntimeOutcome = this.#runtime
      ? await this.#runtime.dispatch(id, JSON.stringify(event), deadlineMs, (json, written) =>
          this.#sendText(`{"kind":"download","id":${id},"download":${json}}`, written),
        )
      : { outcome: "engine", message: "An event came before the bundle was loaded." };
    if (outcome.outcome !== "answered") return this.send({ kind: "reply", id, ...outcome });
    this.#sendText(`{"kind":"reply","id":${id},"outcome":"answered","reply":${outcome.reply}}`);
  }

  /** Texts of the guest are JSON already and travel unread. */
  #sendText(json: string, written?: () => void): void {
    this.#output.write(encodeFrameText(json), written);
  }
}

/** An extension process, with the test as its simulated system. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import type { Readable, Writable } from "node:stream";
import { onTestFinished } from "vitest";
import { defaultDeadlines, defaultPolicies } from "../../src/config/index.js";
import {
  extensionChildFrame,
  type ExtensionChildFrame,
  type ExtensionParentFrame,
} from "../../src/protocol/extension.js";
import { encodeFrame, FrameDecoder } from "../../src/protocol/frame-codec.js";
import type { SystemMessage } from "../../src/protocol/system.js";
import type { HostCommand } from "../../src/hosts/extension-process.js";

type Frame<Kind extends ExtensionChildFrame["kind"]> = Extract<ExtensionChildFrame, { kind: Kind }>;
export type Launch = Extract<ExtensionParentFrame, { kind: "launch" }>;
export type Reply = Frame<"reply">["reply"];

/** How the process ended: its exit code, or the signal. */
export type End = number | NodeJS.Signals | null;

export class ExtensionProgram {
  readonly ended: Promise<End>;
  /** Frames that were not waited for: logs, checkpoints. */
  readonly passed: ExtensionChildFrame[] = [];
  readonly #child: ChildProcess;
  readonly #frames: AsyncIterator<ExtensionChildFrame>;
  #sent = 0;

  /** Starts the program; it ends with the test. */
  constructor({ file, args }: HostCommand) {
    const child = spawn(file, args, { stdio: ["ignore", "ignore", "inherit", "pipe", "pipe"], detached: true });
    this.#child = child;
    this.ended = once(child, "exit").then(([code, signal]: unknown[]) => (code ?? signal) as End);
    this.#input.on("error", () => {}); // the process has ended, which `ended` tells
    this.#frames = framesOf(child.stdio[4] as Readable);
    onTestFinished(() => {
      if (child.exitCode === null && child.signalCode === null) process.kill(-this.pid, "SIGKILL");
    });
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get #input(): Writable {
    return this.#child.stdio[3] as Writable;
  }

  send(frame: ExtensionParentFrame): void {
    this.#input.write(encodeFrame(frame));
  }

  sendBytes(bytes: Uint8Array): void {
    this.#input.write(bytes);
  }

  /** The system is gone. */
  hangUp(): void {
    this.#input.end();
  }

  /** Waits for a frame; those before it are in `passed`. */
  async next<Kind extends ExtensionChildFrame["kind"]>(kind: Kind): Promise<Frame<Kind>> {
    for (;;) {
      const { value, done } = await this.#frames.next();
      if (done) throw new Error(`The process ended before it sent ${kind}.`);
      if (value.kind === kind) return value as Frame<Kind>;
      this.passed.push(value);
    }
  }

  /** As far as the extension has been made. */
  async launch(launch: Launch): Promise<void> {
    await this.next("hello");
    this.send(launch);
    await this.next("launched");
  }

  /** Sends a message and waits for the reply. */
  async deliver(message: SystemMessage): Promise<Reply> {
    const id = this.post(message);
    const frame = await this.next("reply");
    if (frame.id !== id) throw new Error(`Message ${id} was answered by the reply to ${frame.id}.`);
    return frame.reply;
  }

  /** Sends a message. Returns its number. */
  post(message: SystemMessage): number {
    this.#sent += 1;
    this.send({ kind: "message", id: this.#sent, message });
    return this.#sent;
  }

  /** Shows that the process answers, whatever the extension does. */
  async ping(): Promise<void> {
    this.#sent += 1;
    this.send({ kind: "ping", id: this.#sent });
    const { id } = await this.next("pong");
    if (id !== this.#sent) throw new Error(`Ping ${this.#sent} was answered by the pong to ${id}.`);
  }
}

async function* framesOf(output: Readable): AsyncGenerator<ExtensionChildFrame> {
  const decoder = new FrameDecoder();
  for await (const chunk of output) {
    for (const frame of decoder.push(chunk as Buffer)) {
      if (!frame.ok) throw frame.error;
      yield extensionChildFrame.parse(frame.value);
    }
  }
  decoder.end();
}

export interface LaunchOptions {
  readonly bundlePath: string;
  readonly container: string;
  readonly mode?: Launch["configuration"]["mode"];
  readonly deadlines?: Partial<Launch["configuration"]["deadlines"]>;
  readonly policies?: Partial<Launch["configuration"]["policies"]>;
  readonly device?: Partial<Launch["device"]>;
  readonly checkpoints?: boolean;
}

export function launchFrame(options: LaunchOptions): Launch {
  const { bundlePath, container, mode = "unmanaged", deadlines, policies, device, checkpoints = false } = options;
  return {
    kind: "launch",
    bundlePath,
    configuration: {
      mode,
      applicationGroupIdentifier: "group.com.example.game",
      deadlines: { ...defaultDeadlines, load: 60_000, ...deadlines },
      policies: { ...defaultPolicies, ...policies },
      limits: { heapMegabytes: 64 },
    },
    device: {
      container,
      environment: { platform: "iOS", osVersion: "26.1", locale: "de-DE" },
      bundle: {
        infoDictionary: { CFBundleIdentifier: "com.example.game.downloader" },
        appInfoDictionary: { CFBundleIdentifier: "com.example.game" },
      },
      clockOffset: 0,
      nativeFunctions: [],
      ...device,
    },
    checkpoints,
  };
}

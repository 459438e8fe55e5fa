/** The two programs that are an extension process in C++, spoken to in frames. */
import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Duplex, Readable, Writable } from "node:stream";
import { onTestFinished } from "vitest";
import { packageRoot } from "../../src/config/package-root.js";
import { ensureAddon } from "../../src/hosts/addon/index.js";
import { encodeFrameText, FrameDecoder } from "../../src/protocol/frame-codec.js";
import { childFrame, type ChildFrame } from "../../src/protocol/frames.js";
import { requireOrSkip } from "../../test/skip.js";
import { buildWithLibnode, skipWithoutLibnode, toolchain } from "./libnode-build.js";

export const guest = join(packageRoot(), "embed-runtime/test/fixtures/guest.cjs");

export interface Subject {
  readonly name: string;
  /** In `hello`. */
  readonly host: string;
  /** Whether its tests are left out here. */
  readonly skip: boolean;
  /** Builds what is out of date. */
  command(): Promise<readonly [file: string, ...args: string[]]>;
}

export const subjects: readonly Subject[] = [
  {
    name: "ba-extension-host",
    host: "libnode",
    skip: skipWithoutLibnode(),
    command: async () => [toolchain, "run", "--", join(await buildWithLibnode(), "ba-extension-host")],
  },
  {
    name: "the addon",
    host: "embedded",
    skip: requireOrSkip(hasCompiler(), "a C++20 compiler", "apt-get install g++"),
    command: async () => [
      process.execPath,
      // As the hosts start it.
      ...["--jitless", "--max-semi-space-size=1"],
      ...["-e", `require(${JSON.stringify((await ensureAddon()).path)}).run()`],
    ],
  },
];

function hasCompiler(): boolean {
  try {
    execFileSync(process.env["CXX"] ?? "c++", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** A program that runs, until the end of the test at the latest. */
export class Program {
  readonly process: ChildProcess;
  readonly exit: Promise<unknown>;
  readonly #frames: AsyncIterator<unknown>;
  #events = 100;

  constructor([file, ...args]: readonly [string, ...string[]]) {
    // A group of its own: a program whose parent is gone ends its whole group.
    this.process = spawn(file, args, { stdio: ["ignore", "inherit", "ignore", "pipe", "pipe"], detached: true });
    this.exit = once(this.process, "exit");
    this.#frames = decode(this.process.stdio[4] as Duplex);
    onTestFinished(() => void this.process.kill("SIGKILL"));
  }

  get input(): Writable {
    return this.process.stdio[3] as Duplex;
  }

  send(frame: object): void {
    this.sendText(JSON.stringify(frame));
  }

  sendText(json: string): void {
    this.input.write(encodeFrameText(json));
  }

  /** The next frame, whatever it is. */
  async next(): Promise<unknown> {
    return (await this.#frames.next()).value;
  }

  /** The next frame. Those of the child are checked against the schema of the protocol. */
  async nextFrame(): Promise<ChildFrame> {
    return childFrame.parse(await this.next());
  }

  /** Loads a bundle; the answer, past what was said and logged before it. */
  async load(bundlePath: string, deadlineMs = 10_000): Promise<ChildFrame> {
    const configuration = {
      mode: "unmanaged",
      callbacks: ["downloads", "downloadFinished", "extensionWillTerminate"],
      environment: { platform: "macOS", osVersion: "26.1", locale: "en-US" },
      bundle: { infoDictionary: {}, appInfoDictionary: {} },
      clockOffset: 0,
    };
    this.send({ kind: "load", bundlePath, configuration, deadlineMs, limits: { heapMegabytes: 64 } });
    for (;;) {
      const frame = await this.nextFrame();
      if (frame.kind !== "hello" && frame.kind !== "log") return frame;
    }
  }

  /** Has the guest of the fixtures do something; what it replied, or the message of an event that got no reply. */
  async run(event: object, deadlineMs = 10_000): Promise<unknown> {
    const id = ++this.#events;
    this.send({ kind: "dispatch", id, deadlineMs, event });
    for (;;) {
      const frame = (await this.next()) as { kind: string; id?: number; reply?: unknown; message?: string };
      if (frame.kind === "reply" && frame.id === id) return frame.message ?? frame.reply;
    }
  }
}

async function* decode(stream: Readable): AsyncGenerator<unknown> {
  const decoder = new FrameDecoder();
  for await (const chunk of stream) {
    for (const frame of decoder.push(chunk as Buffer)) {
      if (!frame.ok) throw frame.error;
      yield frame.value;
    }
  }
}

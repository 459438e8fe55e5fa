import type { Readable } from "node:stream";
import { childFrame, protocolVersion, type ChildFrame } from "../protocol/frames.js";
import { FrameDecoder } from "../protocol/frame-codec.js";

const kinds: Readonly<Record<ChildFrame["kind"], true>> = {
  hello: true,
  loaded: true,
  loadFailed: true,
  download: true,
  reply: true,
  hostCall: true,
  log: true,
  pong: true,
  protocolError: true,
};

export interface FrameListener {
  onFrame(frame: ChildFrame): void;
  /** A frame of a kind that this version does not know. */
  onUnknownKind(kind: string): void;
  /** The stream cannot be trusted any more; nothing follows. `message` says what was wrong with it. */
  onBroken(message: string): void;
}

/** Reads and checks what an extension process says. */
export function listen(output: Readable, listener: FrameListener): void {
  const decoder = new FrameDecoder();
  let broken = false;
  const fail = (message: string): void => {
    broken = true;
    listener.onBroken(message);
  };
  output.on("data", (chunk: Buffer) => {
    if (broken) return;
    try {
      for (const frame of decoder.push(chunk)) {
        const problem = frame.ok ? deliver(frame.value, listener) : frame.error.message;
        if (problem !== undefined) return fail(problem);
      }
    } catch (error) {
      fail(error instanceof Error ? error.message : String(error));
    }
  });
  // The rest of a frame never comes when a process is killed while it writes; `ended` tells that.
  output.on("error", () => {});
}

/** What is wrong with the frame, if anything. */
function deliver(value: unknown, listener: FrameListener): string | undefined {
  const kind = kindOf(value);
  if (kind === undefined) return "It sent a frame without a kind.";
  if (!Object.hasOwn(kinds, kind)) {
    listener.onUnknownKind(kind);
    return undefined;
  }
  const otherVersion = kind === "hello" ? versionProblem(value) : undefined;
  if (otherVersion !== undefined) return otherVersion;
  const parsed = childFrame.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return `It sent a frame "${kind}" that is not valid: ${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}.`;
  }
  listener.onFrame(parsed.data);
  return undefined;
}

/** Looked at before the rest, because another version may have another shape. */
function versionProblem(hello: unknown): string | undefined {
  const { protocol } = hello as { readonly protocol?: unknown };
  if (protocol === protocolVersion) return undefined;
  return `It speaks version ${String(protocol)} of the frame protocol, this package speaks version ${protocolVersion}: they are of different releases.`;
}

function kindOf(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null || !("kind" in value)) return undefined;
  return typeof value.kind === "string" ? value.kind : undefined;
}

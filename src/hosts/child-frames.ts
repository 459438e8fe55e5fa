import type { Readable } from "node:stream";
import type { z } from "zod";
import { extensionChildFrame, type ExtensionChildFrame } from "../protocol/extension.js";
import { childFrame, protocolVersion, type ChildFrame } from "../protocol/frames.js";
import { FrameDecoder } from "../protocol/frame-codec.js";

/** What children of one kind say. */
export interface FrameSet<Frame extends { readonly kind: string }> {
  readonly kinds: Readonly<Record<Frame["kind"], true>>;
  readonly schema: z.ZodType<Frame>;
}

/** Of a process that runs the guest, for a principal class on this side. */
export const guestFrames: FrameSet<ChildFrame> = {
  kinds: {
    hello: true,
    loaded: true,
    loadFailed: true,
    download: true,
    reply: true,
    hostCall: true,
    log: true,
    pong: true,
    protocolError: true,
  },
  schema: childFrame,
};

/** Of a process that has a principal class of its own. */
export const extensionFrames: FrameSet<ExtensionChildFrame> = {
  kinds: {
    hello: true,
    launched: true,
    reply: true,
    systemCall: true,
    log: true,
    checkpoint: true,
    pong: true,
    protocolError: true,
  },
  schema: extensionChildFrame,
};

export interface FrameListener<Frame> {
  onFrame(frame: Frame): void;
  /** About a frame of a kind that this version does not know, for the log. */
  onIgnored(message: string): void;
  /** The stream cannot be trusted any more; nothing follows. `problem` says what was wrong with it. */
  onBroken(problem: string): void;
}

/** Why a process was ended that did not keep to the frames. */
export const brokeProtocol = (problem: string): string =>
  `The extension process broke the frame protocol and was ended. ${problem}`;

/** That the process could not use a frame of ours. */
export const refusedFrame = ({ code, message }: { readonly code: string; readonly message: string }): string =>
  `The extension process refused a frame (${code}): ${message}`;

/** Reads and checks what an extension process says. */
export function listen<Frame extends { readonly kind: string }>(
  output: Readable,
  frames: FrameSet<Frame>,
  listener: FrameListener<Frame>,
): void {
  const decoder = new FrameDecoder();
  let broken = false;
  const fail = (problem: string): void => {
    broken = true;
    listener.onBroken(problem);
  };
  output.on("data", (chunk: Buffer) => {
    if (broken) return;
    try {
      for (const frame of decoder.push(chunk)) {
        const problem = frame.ok ? deliver(frame.value, frames, listener) : frame.error.message;
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
function deliver<Frame extends { readonly kind: string }>(
  value: unknown,
  { kinds, schema }: FrameSet<Frame>,
  listener: FrameListener<Frame>,
): string | undefined {
  const kind = kindOf(value);
  if (kind === undefined) return "It sent a frame without a kind.";
  if (!Object.hasOwn(kinds, kind)) {
    const name = JSON.stringify(kind);
    listener.onIgnored(`The extension process sent a frame of the unknown kind ${name}; it was ignored.`);
    return undefined;
  }
  const otherVersion = kind === "hello" ? versionProblem(value) : undefined;
  if (otherVersion !== undefined) return otherVersion;
  const parsed = schema.safeParse(value);
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

import type { ParentFrame } from "../../protocol/frames.js";

/** The answer to a value that is no frame of the parent's. */
export interface FrameProblem {
  readonly code: "BA_PROTOCOL_UNKNOWN_KIND" | "BA_PROTOCOL_INVALID_FRAME";
  readonly message: string;
}

type Check = (frame: Record<string, unknown>) => boolean;
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

// By hand, because the schema library would more than double the time to the first answer. Only what the child itself
// reads is checked; configuration, events and host replies pass through to the guest.
const checks: Record<ParentFrame["kind"], Check> = {
  load: (frame) =>
    typeof frame["bundlePath"] === "string" &&
    isObject(frame["configuration"]) &&
    isCount(frame["deadlineMs"]) &&
    isObject(frame["limits"]) &&
    isCount(frame["limits"]["heapMegabytes"]),
  dispatch: (frame) => isCount(frame["id"]) && isCount(frame["deadlineMs"]) && isObject(frame["event"]),
  hostReply: (frame) => isCount(frame["id"]) && isObject(frame["reply"]),
  ping: (frame) => isCount(frame["id"]),
  stop: () => true,
};

/** Recognises a frame of the parent's, or says what is wrong with it. */
export function readParentFrame(value: unknown): ParentFrame | FrameProblem {
  if (!isObject(value)) return invalid("a frame is a JSON object");
  const { kind } = value;
  if (typeof kind !== "string") return invalid("a frame has a kind, which is a string");
  if (!isKind(kind))
    return { code: "BA_PROTOCOL_UNKNOWN_KIND", message: `There is no frame of kind ${JSON.stringify(kind)}.` };
  if (!checks[kind](value))
    return invalid(`a field of the frame ${JSON.stringify(kind)} is missing or of another type`);
  return value as ParentFrame;
}

export function isProblem(frame: ParentFrame | FrameProblem): frame is FrameProblem {
  return "code" in frame;
}

export function invalid(message: string): FrameProblem {
  return { code: "BA_PROTOCOL_INVALID_FRAME", message: `The frame could not be used: ${message}.` };
}

function isKind(kind: string): kind is ParentFrame["kind"] {
  return Object.hasOwn(checks, kind);
}

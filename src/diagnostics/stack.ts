import { fileURLToPath } from "node:url";

/** A frame of a stack, as an engine wrote it. */
export interface StackFrame {
  /** Name of the function, where it has one. */
  readonly name: string | undefined;
  /** V8 resumed the function after an `await`. */
  readonly isAsync: boolean;
  /** Absolute path, or whatever the engine calls the script. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** In UTF-16 units, from 1. */
  readonly column: number;
}

const v8Frame = /^\s+at (async )?(?:(.+?) \((.+):(\d+):(\d+)\)|(.+):(\d+):(\d+))$/;
const jscFrame = /^(async )?(?:([^@]*)@)?([^@]+?):(\d+):(\d+)$/;

/** Reads a line of V8's (`    at name (file:1:2)`) or JavaScriptCore's (`name@file:1:2`); undefined for any other line. */
export function parseFrame(text: string): StackFrame | undefined {
  const v8 = v8Frame.exec(text);
  const [, marker, name, file = "", line, column] = v8
    ? [v8[0], v8[1], v8[2], v8[3] ?? v8[6], v8[4] ?? v8[7], v8[5] ?? v8[8]]
    : (jscFrame.exec(text) ?? []);
  if (file === "") return undefined;
  return {
    name: name || undefined,
    isAsync: marker !== undefined,
    file: file.startsWith("file://") ? fileURLToPath(file) : file,
    line: Number(line),
    column: Number(column),
  };
}

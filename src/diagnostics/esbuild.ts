import { resolve } from "node:path";
import type { BuildFailure, Message } from "esbuild";
import type { Problem, SourceLocation } from "./errors.js";

/** Whether something thrown by esbuild speaks of the user's files. */
export function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && "errors" in error && Array.isArray(error.errors) && "warnings" in error;
}

/** A message of esbuild's; its paths are relative to `root`. */
export function problemOf(message: Message, root: string): Problem {
  // What a plugin says has no place of its own; a note of esbuild's points at the import.
  const trigger = message.notes.find(({ text, location }) => location !== null && text.startsWith("The plugin "));
  const location = message.location ?? trigger?.location;
  const notes = message.notes.filter((note) => note !== trigger).map(({ text }) => text);
  return {
    message: message.text,
    hint: notes.length > 0 ? notes.join("\n") : undefined,
    location: location ? locationOf(location, root) : undefined,
  };
}

/** esbuild counts columns in UTF-8 bytes, from 0. */
function locationOf(location: NonNullable<Message["location"]>, root: string): SourceLocation {
  const before = Buffer.from(location.lineText).subarray(0, location.column).toString();
  return { file: resolve(root, location.file), line: location.line, column: before.length + 1 };
}

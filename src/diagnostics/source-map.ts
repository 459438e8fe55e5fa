import { dirname, resolve } from "node:path";
import { TraceMap, originalPositionFor } from "@jridgewell/trace-mapping";
import { parseFrame, type StackFrame } from "./stack.js";

/** A generated file and its map. */
export interface MappedFile {
  /** Absolute real path of the generated file: what engines write into stacks. */
  readonly path: string;
  /** The JSON of the source map, undefined when it is gone; called only when a stack speaks of the file. */
  readMap(): string | undefined;
}

/** A frame of a stack in terms of the sources. */
export interface SourceFrame extends StackFrame {
  /** The source is not a file of this machine, but a name that the map gives: a module of this package. */
  readonly internal: boolean;
  /** What the source calls the thing at this place: in a frame, the function that it calls. */
  readonly symbol: string | undefined;
}

/** Turns frames of a generated file into frames of its sources; undefined for lines that are no frame of it. */
export function createFrameMapper({ path, readMap }: MappedFile): (line: string) => SourceFrame | undefined {
  let trace: TraceMap | undefined;
  return (line) => {
    const frame = parseFrame(line);
    if (frame === undefined || frame.file !== path) return undefined;
    if (trace === undefined) {
      const map = readMap();
      if (map === undefined) return undefined;
      trace = new TraceMap(map);
    }
    const original = originalPositionFor(trace, { line: frame.line, column: frame.column - 1 });
    if (original.source === null) return undefined;
    const internal = original.source.startsWith(internalScheme);
    const file = internal ? original.source : resolve(dirname(path), original.source);
    return {
      ...frame,
      file,
      line: original.line,
      column: original.column + 1,
      internal,
      symbol: original.name ?? undefined,
    };
  };
}

/** How a map names modules of this package, whose place differs from machine to machine. */
export const internalScheme = "ba-extension:///";

import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { createFrameMapper, locateProperty, type SourceFrame, type SourceLocation } from "../diagnostics/index.js";
import type { Bundle } from "./build-bundle.js";

/** Tells errors of a bundle in terms of the user's files. */
export interface StackMapper {
  /**
   * `stack`: what the engine wrote, with frames of the bundle turned into frames of the sources, relative to the
   * project, and without the frames of this package. `location`: the first place in the user's own files, or null.
   */
  map(stack: string | undefined): { stack: string; location: SourceLocation | null };
  /** Where the handler's file spells out a callback, for errors that no file of the user's is on the stack of. */
  locateCallback(name: string): SourceLocation | null;
}

/** Reads the source map only when a stack has to be mapped: most runs have none. `root`: the project. */
export function createStackMapper(bundle: Pick<Bundle, "path" | "mapPath" | "entry">, root: string): StackMapper {
  const mapFrame = createFrameMapper({ path: bundle.path, readMap: () => readText(bundle.mapPath) });
  return {
    map(stack = "") {
      const lines = stack.split("\n").map((text) => ({ text, frame: mapFrame(text) }));
      const shown = lines.flatMap(({ text, frame }, i) => {
        if (frame === undefined) return [text];
        return frame.internal ? [] : [show(frame, lines[i + 1]?.frame, root)];
      });
      const own = lines.find(({ frame }) => frame !== undefined && isUsers(frame))?.frame;
      return { stack: shown.join("\n"), location: own ? { file: own.file, line: own.line, column: own.column } : null };
    },
    locateCallback(name) {
      const position = locateProperty(readText(bundle.entry) ?? "", [name]);
      return position ? { file: bundle.entry, ...position } : null;
    },
  };
}

/** A file that went meanwhile must not hide the error that is being told. */
function readText(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

const isUsers = ({ internal, file }: SourceFrame): boolean => !internal && !/[\\/]node_modules[\\/]/.test(file);

function show(frame: SourceFrame, caller: SourceFrame | undefined, root: string): string {
  const place = `${relative(root, frame.file)}:${frame.line}:${frame.column}`;
  const name = functionName(frame, caller);
  const marker = frame.isAsync ? "async " : "";
  return name === undefined ? `    at ${marker}${place}` : `    at ${marker}${name} (${place})`;
}

/**
 * Minified names say nothing. What a function is really called stands at its call, one frame up; the names of
 * methods, callbacks included, survive.
 */
function functionName(frame: SourceFrame, caller: SourceFrame | undefined): string | undefined {
  if (caller?.symbol !== undefined && !frame.isAsync && !caller.isAsync) return caller.symbol;
  return frame.name !== undefined && frame.name.length > 2 ? frame.name : undefined;
}

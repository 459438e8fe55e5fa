import type { GuestEvent } from "../protocol/guest.js";
import type { FinishedFile } from "../sdk/file.js";
import type { Host } from "../sdk/host.js";
import type { FileReader } from "../sdk/reader.js";
import type { Native } from "./native.js";
import { BAError } from "../sdk/errors.js";
import { parseFile } from "./json.js";

/** The life of one event. */
export interface Scope {
  /** Its files can be read no more. That they can be claimed no more is the principal's to say. */
  closed: boolean;
}

/** Reads a file of an event through the engine. `name`: for messages. */
export function openFile(
  name: string,
  { path, size }: { readonly path: string; readonly size: number },
  native: Native,
  scope: Scope,
): FileReader {
  const openPath = (): string => {
    if (scope.closed) throw new BAError("BA_READER_CLOSED", `${name} is closed.`);
    return path;
  };
  const text = (): string => native.readText(openPath());
  return {
    size,
    text,
    bytes: () => native.readBytes(openPath()),
    // The type is the caller's promise about the content of the file.
    json: <T>() => parseFile(name, text()) as T,
  };
}

/** The file of `downloadFinished`, staged by the principal class. */
export function openStagedFile(
  { download, file }: Omit<Extract<GuestEvent, { kind: "downloadFinished" }>, "kind">,
  native: Native,
  call: Host["call"],
  scope: Scope,
): FinishedFile {
  const { token, attempt } = file;
  const name = `The file of "${download.identifier}"`;
  // Closed when the event is, and sooner when the file moves: the engine knows it by its first path only.
  const reading: Scope = Object.create(scope);
  return {
    ...openFile(name, file, native, reading),
    attempt,
    async moveTo(path, options) {
      const moved = await call("file.moveTo", { token, path, place: options?.place });
      reading.closed = true;
      return moved.path;
    },
    sha256: () => call("file.sha256", { token }),
  };
}

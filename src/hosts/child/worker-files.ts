import { constants as bufferConstants, isAscii, isUtf8 } from "node:buffer";
import { closeSync, constants, fstatSync, openSync, readFileSync } from "node:fs";
import { codedError } from "./coded-error.js";
import { findInvalidUtf8 } from "./invalid-utf8.js";

/** What `readBytes` of the C++ runtime takes, too. */
const maxBytes = 0x7fff_ffff;

/** The C library's words, which the C++ runtime has, for what happens to files. */
const reasons: Readonly<Record<string, string>> = {
  EACCES: "Permission denied",
  ELOOP: "Too many levels of symbolic links",
  EMFILE: "Too many open files",
  ENAMETOOLONG: "File name too long",
  ENOENT: "No such file or directory",
  ENOTDIR: "Not a directory",
  ENXIO: "No such device or address",
  EPERM: "Operation not permitted",
  // Node's own, for a path with a zero character.
  ERR_INVALID_ARG_VALUE: "No such file or directory",
};

/** The content of a file. Throws `BA_FILE_UNREADABLE` or `BA_FILE_TOO_LARGE`. */
export function readBytes(path: string): Buffer {
  return readFile(path, maxBytes, "The file is larger than 2 GiB, or than the memory");
}

/** The text of a file. Throws `BA_FILE_UNREADABLE`, `BA_FILE_TOO_LARGE` or `BA_FILE_NOT_UTF8`. */
export function readText(path: string): string {
  const bytes = readFile(path, bufferConstants.MAX_STRING_LENGTH, "The file is longer than a string can be");
  // Outside the heap when it is long, and a byte a character.
  if (isAscii(bytes)) return bytes.toString("latin1");
  if (isUtf8(bytes)) return bytes.toString("utf8");
  const at = findInvalidUtf8(bytes);
  const byte = (bytes[at] ?? 0).toString(16).toUpperCase().padStart(2, "0");
  const before = bytes.toString("utf8", 0, at);
  throw codedError("BA_FILE_NOT_UTF8", `byte 0x${byte} at ${placeIn(before, before.length)}`);
}

/** From 1; columns in UTF-16 code units. */
export function placeIn(text: string, offset: number): string {
  let line = 1;
  let start = 0;
  for (let next = text.indexOf("\n"); next !== -1 && next < offset; next = text.indexOf("\n", start)) {
    line += 1;
    start = next + 1;
  }
  return `line ${line}, column ${offset - start + 1}`;
}

function readFile(path: string, limit: number, tooLarge: string): Buffer {
  let fd: number | undefined;
  try {
    // Without O_NONBLOCK a FIFO would block here for ever.
    fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const status = fstatSync(fd);
    if (!status.isFile()) throw unreadable(path, "Not a regular file");
    if (status.size > limit) throw codedError("BA_FILE_TOO_LARGE", `${tooLarge}: ${path}.`);
    return readFileSync(fd);
  } catch (error) {
    const { code = "", message, syscall } = error as NodeJS.ErrnoException;
    const reason = reasons[code] ?? (syscall === undefined ? undefined : message);
    throw reason === undefined ? error : unreadable(path, reason);
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}

function unreadable(path: string, reason: string): Error {
  return codedError("BA_FILE_UNREADABLE", `The file cannot be read: ${path}. ${reason}.`);
}

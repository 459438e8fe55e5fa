import type { Readable } from "node:stream";
import { StringDecoder } from "node:string_decoder";

/** A longer line is passed on in pieces, so that a process without line ends cannot fill the memory. */
const maxLineLength = 16 * 1024;

/** Calls `onLine` for each line of `stream`, without its end. */
export function forEachLine(stream: Readable, onLine: (line: string) => void): void {
  const utf8 = new StringDecoder("utf8");
  let rest = "";
  const take = (text: string): void => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) onLine(line.endsWith("\r") ? line.slice(0, -1) : line);
    for (; rest.length >= maxLineLength; rest = rest.slice(maxLineLength)) onLine(rest.slice(0, maxLineLength));
  };
  stream.on("data", (chunk: Buffer) => take(utf8.write(chunk)));
  stream.on("end", () => {
    take(utf8.end());
    if (rest !== "") onLine(rest);
  });
}

/** The last lines of an output, for the message of a crash. */
export class Tail {
  readonly #maxLength: number;
  #text = "";

  /** @param maxLength in UTF-16 units */
  constructor(maxLength: number = 4 * 1024) {
    this.#maxLength = maxLength;
  }

  add(line: string): void {
    this.#text = `${this.#text}${line}\n`.slice(-this.#maxLength);
  }

  toString(): string {
    return this.#text.trimEnd();
  }
}

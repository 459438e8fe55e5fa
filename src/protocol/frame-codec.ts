/**
 * Frames as bytes: a 32-bit little-endian length, then that many bytes of UTF-8 JSON. What a frame means is in
 * `frames.ts`; this file knows lengths only, so that both sides can use it without the schemas.
 */
import { maxFrameBytes } from "./version.js";

const headerBytes = 4;

/** Why bytes are no frame. After `BA_FRAME_TOO_LONG` and `BA_FRAME_TRUNCATED` the stream cannot be used any more. */
export type FrameErrorCode = "BA_FRAME_TOO_LONG" | "BA_FRAME_TRUNCATED" | "BA_FRAME_NOT_JSON";

export class FrameError extends Error {
  override readonly name = "FrameError";
  readonly code: FrameErrorCode;

  constructor(code: FrameErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** The bytes of a frame. Throws `FrameError` `BA_FRAME_TOO_LONG`, so that the peer never has to. */
export function encodeFrame<Frame extends { readonly kind: string }>(frame: Frame): Buffer {
  return encodeFrameText(JSON.stringify(frame));
}

/** The same for a text that is JSON already. */
export function encodeFrameText(json: string): Buffer {
  const length = Buffer.byteLength(json);
  if (length > maxFrameBytes) throw tooLong(length, maxFrameBytes);
  const bytes = Buffer.allocUnsafe(headerBytes + length);
  bytes.writeUInt32LE(length, 0);
  bytes.write(json, headerBytes);
  return bytes;
}

/** What a decoder found: a JSON value, or a frame whose content is none (the next frame is readable all the same). */
export type DecodedFrame =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: FrameError };

/** Cuts a byte stream into frames, in whatever pieces the bytes arrive. */
export class FrameDecoder {
  readonly #limit: number;
  readonly #utf8 = new TextDecoder("utf-8", { fatal: true });
  // Pieces are joined once a frame is complete; joining on each arrival would be quadratic in the length of a frame.
  #pieces: Buffer[] = [];
  #buffered = 0;

  constructor(limit: number = maxFrameBytes) {
    this.#limit = limit;
  }

  /** The frames that `chunk` completes. Throws `FrameError` `BA_FRAME_TOO_LONG`. */
  *push(chunk: Buffer): Generator<DecodedFrame, void, undefined> {
    this.#pieces.push(chunk);
    this.#buffered += chunk.length;
    while (this.#buffered >= headerBytes) {
      const length = this.#peekLength();
      if (length > this.#limit) throw tooLong(length, this.#limit);
      if (this.#buffered < headerBytes + length) return;
      yield this.#parse(this.#take(headerBytes + length).subarray(headerBytes));
    }
  }

  /** To be called when the stream ends. Throws `FrameError` `BA_FRAME_TRUNCATED` in the middle of a frame. */
  end(): void {
    if (this.#buffered === 0) return;
    throw new FrameError(
      "BA_FRAME_TRUNCATED",
      `The stream ended in the middle of a frame, ${this.#buffered} bytes into it.`,
    );
  }

  #peekLength(): number {
    const first = this.#pieces[0];
    if (first && first.length >= headerBytes) return first.readUInt32LE(0);
    return this.#join().readUInt32LE(0);
  }

  #take(length: number): Buffer {
    const all = this.#join();
    this.#buffered -= length;
    this.#pieces = this.#buffered > 0 ? [all.subarray(length)] : [];
    return all.subarray(0, length);
  }

  #join(): Buffer {
    const [first, second] = this.#pieces;
    const all = first && !second ? first : Buffer.concat(this.#pieces, this.#buffered);
    this.#pieces = [all];
    return all;
  }

  #parse(bytes: Buffer): DecodedFrame {
    try {
      return { ok: true, value: JSON.parse(this.#utf8.decode(bytes)) };
    } catch (cause) {
      const error = new FrameError("BA_FRAME_NOT_JSON", `A frame of ${bytes.length} bytes is not UTF-8 JSON.`, {
        cause,
      });
      return { ok: false, error };
    }
  }
}

function tooLong(length: number, limit: number): FrameError {
  return new FrameError("BA_FRAME_TOO_LONG", `A frame of ${length} bytes is longer than the limit of ${limit} bytes.`);
}

import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { FrameDecoder, FrameError, encodeFrame, encodeFrameText } from "./frame-codec.js";

const frames = [
  { kind: "ping", id: 1 },
  { kind: "log", level: "info", message: "größer als 日本 🎮" },
  { kind: "stop" },
];
const bytes = Buffer.concat(frames.map((frame) => encodeFrame(frame)));

function values(decoder: FrameDecoder, chunk: Buffer): unknown[] {
  return [...decoder.push(chunk)].map((frame) => (frame.ok ? frame.value : frame.error.code));
}

describe("frames", () => {
  it("are a little-endian length and UTF-8 JSON", () => {
    const frame = encodeFrameText('{"kind":"é"}');
    expect(frame.readUInt32LE(0)).toBe(13);
    expect(frame.subarray(4).toString()).toBe('{"kind":"é"}');
  });

  it("come out whole when they arrive merged", () => {
    expect(values(new FrameDecoder(), bytes)).toEqual(frames);
  });

  it.each([1, 2, 3, 5, 7, 11])("come out whole when they arrive in pieces of %i bytes", (size) => {
    const decoder = new FrameDecoder();
    const found: unknown[] = [];
    for (let at = 0; at < bytes.length; at += size) found.push(...values(decoder, bytes.subarray(at, at + size)));
    expect(found).toEqual(frames);
    decoder.end();
  });

  it("come out of a Node stream", async () => {
    const stream = new PassThrough();
    stream.end(bytes);
    const decoder = new FrameDecoder();
    const found: unknown[] = [];
    for await (const chunk of stream) found.push(...values(decoder, chunk));
    expect(found).toEqual(frames);
  });

  it("decode a large frame in time linear in its length", () => {
    const message = "x".repeat(8 * 1024 * 1024);
    const large = encodeFrame({ kind: "log", message });
    const decoder = new FrameDecoder();
    const found: unknown[] = [];
    for (let at = 0; at < large.length; at += 1024) found.push(...values(decoder, large.subarray(at, at + 1024)));
    expect(found).toEqual([{ kind: "log", message }]);
  });

  it("of zero length are not JSON, and do not stop the stream", () => {
    const decoder = new FrameDecoder();
    expect(values(decoder, Buffer.concat([encodeFrameText(""), bytes]))).toEqual(["BA_FRAME_NOT_JSON", ...frames]);
  });

  it("with bytes that are not UTF-8 are refused, the next one is read", () => {
    const broken = Buffer.from([3, 0, 0, 0, 0x22, 0xff, 0x22]);
    expect(values(new FrameDecoder(), Buffer.concat([broken, bytes]))).toEqual(["BA_FRAME_NOT_JSON", ...frames]);
  });

  it("longer than the limit are refused from their header alone", () => {
    const decoder = new FrameDecoder(16);
    expect(() => values(decoder, Buffer.from([17, 0, 0, 0]))).toThrowError(
      expect.objectContaining({
        name: "FrameError",
        code: "BA_FRAME_TOO_LONG",
        message: expect.stringContaining("17 bytes"),
      }),
    );
  });

  it("cut off by the end of the stream are an error", () => {
    const decoder = new FrameDecoder();
    expect(values(decoder, bytes.subarray(0, bytes.length - 1))).toEqual(frames.slice(0, 2));
    expect(() => decoder.end()).toThrowError(FrameError);
    expect(() => decoder.end()).toThrowError(/middle of a frame/);
  });
});

import { isUtf8 } from "node:buffer";

/** Offset of the first byte that begins no character, in bytes that are not UTF-8. */
export function findInvalidUtf8(bytes: Uint8Array): number {
  // Halved natively until little is left. What comes before `from` is UTF-8; what comes before `to` is not.
  let from = 0;
  let to = bytes.length;
  while (to - from > 64) {
    const middle = startOfCharacter(bytes, (from + to) >> 1);
    if (isUtf8(bytes.subarray(from, middle))) from = middle;
    else to = middle;
  }
  for (let length = characterLength(bytes, from); length > 0; length = characterLength(bytes, from)) from += length;
  return from;
}

/** Of the character around an offset, as far as there is one. */
function startOfCharacter(bytes: Uint8Array, offset: number): number {
  for (let at = offset; at > offset - 4; at -= 1) if (!continues(bytes[at])) return at;
  return offset;
}

/** Bytes of the character at an offset; 0 when there is none. Table 3-7 of the Unicode standard. */
function characterLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0xff;
  const second = bytes[at + 1] ?? 0;
  if (first < 0x80) return 1;
  if (first < 0xc2 || first > 0xf4) return 0;
  const [low, high] = secondByte[first] ?? [0x80, 0xbf];
  const length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  const whole = second >= low && second <= high && [2, 3].every((n) => n >= length || continues(bytes[at + n]));
  return whole ? length : 0;
}

/** Where it is not any continuation: no overlong forms, no surrogates, nothing past U+10FFFF. */
const secondByte: Readonly<Record<number, readonly [low: number, high: number]>> = {
  0xe0: [0xa0, 0xbf],
  0xed: [0x80, 0x9f],
  0xf0: [0x90, 0xbf],
  0xf4: [0x80, 0x8f],
};

function continues(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}

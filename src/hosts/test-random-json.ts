/** Random JSON and random damage to it, from a seed. */

export interface Random {
  /** A whole number from 0 to `below` - 1. */
  below(below: number): number;
  pick<T>(from: readonly [T, ...T[]]): T;
}

/** mulberry32: small, and the same everywhere. */
export function seededRandom(seed: number): Random {
  let state = seed;
  const below = (limit: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
  return { below, pick: (from) => from[below(from.length)] ?? from[0] };
}

const plain = [
  "a",
  "b",
  "id",
  "url",
  "/",
  "~",
  "0",
  "1",
  "é",
  "€",
  "😀",
  "\u2028",
  "\u007f",
  " ",
  "'",
  "[",
  "}",
  ",",
] as const;
const escapes = [
  ...["\\n", '\\"', "\\\\", "\\/", "\\t", "\\u0061", "\\u00e9", "\\uD83D\\uDE00", "\\ud83d", "\\ude00"],
  ...["\\u0000", "\\u005c", "\\u007E"],
] as unknown as readonly [string, ...string[]];
const numbers = [
  "0",
  "-0",
  "1",
  "12",
  "-7",
  "3.25",
  "1e5",
  "-1.5E-3",
  "9007199254740993",
  "1e400",
  "0.0",
  "2e+2",
] as const;
const words = ["true", "false", "null"] as const;
const names = ["a", "b", "url", "\\u0061", "", "é", "__proto__", "0", "~", "/", "\\ud800", "a\\nb"] as const;

/** A document; whatever `JSON.parse` takes. */
export function randomJson(random: Random, depth = 4): string {
  const space = (): string => (random.below(4) === 0 ? random.pick([" ", "\n", "\t", "\r\n", "  \n  "]) : "");
  const around = (text: string): string => `${space()}${text}${space()}`;
  const list = (item: () => string): string =>
    Array.from({ length: random.below(depth === 1 && random.below(8) === 0 ? 90 : 4) }, () => around(item())).join(",");
  const kind = random.below(depth > 0 ? 8 : 4);
  if (kind >= 6) return around(`[${list(() => randomJson(random, depth - 1))}]`);
  if (kind >= 4) {
    const name = (): string => (random.below(3) > 0 ? `"${random.pick(names)}"` : randomString(random));
    return around(`{${list(() => `${around(name())}:${around(randomJson(random, depth - 1))}`)}}`);
  }
  return around(kind === 0 ? random.pick(numbers) : kind === 1 ? random.pick(words) : randomString(random));
}

function randomString(random: Random): string {
  const character = (): string => (random.below(5) === 0 ? random.pick(escapes) : random.pick(plain));
  return `"${Array.from({ length: random.below(random.below(6) === 0 ? 60 : 6) }, character).join("")}"`;
}

const inserted = [
  ...'"\\[]{},:-+.eE019tfnu/\0\n\r\t \x01\x7f',
  "é",
  "😀",
  "\ufeff",
  "null",
  '"a":',
  "\\u",
  "//",
  "NaN",
];
const bytes = [0x00, 0x22, 0x5c, 0x7f, 0x80, 0xbf, 0xc0, 0xc3, 0xe2, 0xed, 0xf0, 0xf4, 0xf5, 0xff] as const;

/** The same bytes with one thing wrong, which may make no difference. */
export function damage(random: Random, content: Buffer): Buffer {
  const at = random.below(content.length + 1);
  const to = Math.min(content.length, at + 1 + random.below(3));
  const [before, after] = [content.subarray(0, at), content.subarray(at)];
  switch (random.below(6)) {
    case 0:
      return Buffer.from(before);
    case 1:
      return Buffer.concat([before, content.subarray(to)]);
    case 2:
      return Buffer.concat([before, Buffer.from(inserted[random.below(inserted.length)] ?? ""), after]);
    case 3:
      return Buffer.concat([
        before,
        Buffer.from([random.pick(bytes)]),
        content.subarray(Math.min(at + 1, content.length)),
      ]);
    case 4:
      return Buffer.concat([before, content.subarray(at, to), after]);
    default:
      return Buffer.concat([before, Buffer.from([random.below(256)]), after]);
  }
}

import { expect, test } from "vitest";
import { BAError } from "./errors.js";
import { decodePropertyList, encodePropertyList, type PropertyListValue } from "./property-list.js";

/** As it travels: a value with `undefined` or a class would not come back. */
const roundTrip = (value: PropertyListValue): PropertyListValue =>
  decodePropertyList(JSON.parse(JSON.stringify(encodePropertyList(value))));

test.each<[string, PropertyListValue, unknown]>([
  ["a text", "ä\u0000\ud83d\ude00", "ä\u0000\ud83d\ude00"],
  ["an empty text", "", ""],
  ["true", true, true],
  ["false", false, false],
  ["an integer", 9_007_199_254_740_991, 9_007_199_254_740_991],
  ["a negative integer", -1, -1],
  ["a fraction", -0.5e-10, -0.5e-10],
  ["a large number", 1e300, 1e300],
  ["a date", new Date(Date.UTC(2026, 0, 31, 12, 0, 0, 123)), { $date: "2026-01-31T12:00:00.123Z" }],
  ["a date before 1970", new Date(-1), { $date: "1969-12-31T23:59:59.999Z" }],
  ["no bytes", new Uint8Array(), { $data: "" }],
  ["a byte", Uint8Array.of(0xff), { $data: "/w==" }],
  ["two bytes", Uint8Array.of(0xfb, 0xef), { $data: "++8=" }],
  ["three bytes", Uint8Array.of(0, 0x10, 0x83), { $data: "ABCD" }],
  ["an array", [1, ["a", []], { b: [true] }], [1, ["a", []], { b: [true] }]],
  ["an object", { a: { b: {} } }, { a: { b: {} } }],
  ["an object without prototype", Object.assign(Object.create(null), { a: 1 }), { a: 1 }],
  ["a name that starts with $", { $a: 1, b: { $c: 2 } }, { $dictionary: { $a: 1, b: { $dictionary: { $c: 2 } } } }],
  [
    "what looks like a date",
    { $date: "2026-01-31T12:00:00.123Z" },
    { $dictionary: { $date: "2026-01-31T12:00:00.123Z" } },
  ],
  ["what looks like data", { $data: "AAAA" }, { $dictionary: { $data: "AAAA" } }],
  [
    "what looks like an encoded object",
    { $dictionary: { $date: new Date(0) } },
    { $dictionary: { $dictionary: { $dictionary: { $date: { $date: "1970-01-01T00:00:00.000Z" } } } } },
  ],
])("%s travels and comes back", (_, value, encoded) => {
  expect(encodePropertyList(value)).toEqual(encoded);
  expect(roundTrip(value)).toEqual(value);
});

test("every byte, in data of every length", () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  for (let length = 0; length <= bytes.length; length += 1) {
    const data = bytes.subarray(bytes.length - length);
    expect(encodePropertyList(data)).toEqual({ $data: Buffer.from(data).toString("base64") });
    expect(roundTrip(data)).toEqual(data);
  }
});

test("bytes are those of the view, not of what is behind it", () => {
  expect(encodePropertyList(new Uint8Array([1, 2, 3, 4]).subarray(1, 3))).toEqual({ $data: "AgM=" });
  expect(encodePropertyList(Buffer.from("ab"))).toEqual({ $data: "YWI=" });
});

test("data may have line breaks and no padding", () => {
  expect(decodePropertyList({ $data: "\n\t/w\n\t==\n" })).toEqual(Uint8Array.of(0xff));
  expect(decodePropertyList({ $data: "/w" })).toEqual(Uint8Array.of(0xff));
});

test("a name of the prototype's is a name", () => {
  const value = JSON.parse('{"__proto__":{"a":1},"constructor":2}');
  const back = roundTrip(value) as Record<string, unknown>;
  expect(Object.entries(back)).toEqual(Object.entries(value));
  expect(Object.getPrototypeOf(back)).toBe(Object.prototype);
});

class Instance {
  readonly a = 1;
}
test.each<[string, unknown]>([
  ["null", null],
  ["undefined", undefined],
  ["NaN", Number.NaN],
  ["Infinity", Infinity],
  ["a bigint", 1n],
  ["a symbol", Symbol("s")],
  ["a function", () => 1],
  ["an invalid date", new Date(Number.NaN)],
  ["a Map", new Map([["a", 1]])],
  ["a Set", new Set()],
  ["an ArrayBuffer", new ArrayBuffer(2)],
  ["numbers of another width", new Uint16Array(2)],
  ["an instance of a class", new Instance()],
  ["a promise", Promise.resolve(1)],
  ["an array with a hole", [1, , 2]], // oxlint-disable-line no-sparse-arrays -- is what is tested
])("%s is refused, wherever it stands", (_, value) => {
  for (const wrong of [value, [value], { a: value }, { a: [{ b: value }] }]) {
    const encode = (): unknown => encodePropertyList(wrong as PropertyListValue);
    expect(encode).toThrow(BAError);
    expect(encode).toThrow(expect.objectContaining({ code: "BA_SETTING_INVALID" }));
  }
});

import { parse } from "plist";
import { expect, test } from "vitest";
import { buildPropertyList, parsePropertyList } from "./property-list.js";

test("what is written, every parser of property lists reads", () => {
  const text = "next line \u0085, line separator \u2028, paragraph separator \u2029, \r\n";
  expect(parse(buildPropertyList({ text }))).toEqual({ text });
});

test("a date is stored to the second, as XML property lists have it", () => {
  const stored = parsePropertyList(buildPropertyList({ at: new Date("2026-11-21T12:00:00.987Z") }));
  expect(stored).toEqual({ at: new Date("2026-11-21T12:00:00Z") });
});

test.each([[Number.NaN], [Number.POSITIVE_INFINITY], [2 ** 53], [-(2 ** 53)]])("%d is not stored", (value) => {
  expect(() => buildPropertyList({ value })).toThrow(expect.objectContaining({ code: "BA_SETTING_INVALID" }));
});

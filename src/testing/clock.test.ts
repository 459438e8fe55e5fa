import { expect, it } from "vitest";
import { createFakeClock } from "./index.js";

it("stands still until it is told to go", () => {
  const { now, advance } = createFakeClock({ now: new Date("2026-03-01T00:00:00Z") });
  expect(now()).toBe(Date.UTC(2026, 2, 1));
  expect(now()).toBe(Date.UTC(2026, 2, 1));
  advance(1500);
  advance(0);
  expect(now()).toBe(Date.UTC(2026, 2, 1) + 1500);
});

it("starts at the same time in every run", () => {
  expect(createFakeClock().now()).toBe(Date.UTC(2026, 0, 1));
  expect(createFakeClock({ now: 7 }).now()).toBe(7);
});

it.each([-1, NaN, Infinity])("does not go on by %d", (duration) => {
  const clock = createFakeClock({ now: 5 });
  expect(() => clock.advance(duration)).toThrow(expect.objectContaining({ code: "BA_CLOCK_INVALID" }));
  expect(clock.now()).toBe(5);
});

it("starts at a point in time", () => {
  expect(() => createFakeClock({ now: new Date("yesterday") })).toThrow(/cannot start at Invalid Date/);
});

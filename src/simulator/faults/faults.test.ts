import { expect, test } from "vitest";
import { createFaults, faultTable, type Faults, type Occurrence } from "./index.js";

const codeOf = (texts: readonly string[]): unknown => {
  try {
    createFaults(texts);
    return null;
  } catch (error) {
    return (error as { code: string }).code;
  }
};

/** What befalls the next attempt, told as having come to pass. */
function befall(faults: Faults, name: string, ranged = false): Partial<Record<string, unknown>> {
  const { happened, ...given } = faults.attempt(name, ranged);
  const found = Object.entries(given).filter(([, value]) => value !== null && value !== false);
  for (const [kind] of found) happened(kind as Parameters<typeof happened>[0]);
  return Object.fromEntries(found);
}

test.each(Object.entries(faultTable))("%s: its example can be read", (_, { example }) => {
  expect(createFaults([example]).unused()).toEqual([example]);
});

test.each([
  ["offline", { offline: true }],
  ["slow", { bytesPerSecond: 100_000 }],
  ["slow=1", { bytesPerSecond: 1 }],
  ["stall", { interruption: { kind: "stall", after: 0.5 } }],
  ["cut=0", { interruption: { kind: "cut", after: 0 } }],
  ["cut=99%", { interruption: { kind: "cut", after: 0.99 } }],
  ["404", { status: { code: 404, retryAfter: null } }],
  ["503", { status: { code: 503, retryAfter: null } }],
  ["503=0", { status: { code: 503, retryAfter: 0 } }],
  ["wrong-size", { wrongSize: true }],
  ["disk-full", { diskFull: true }],
  ["kill-system@transfer", {}],
])("%s", (text, expected) => {
  expect(befall(createFaults([text]), "a")).toEqual(expected);
});

test("416 waits for a request with a range", () => {
  const faults = createFaults(["416"]);
  expect(befall(faults, "a")).toEqual({});
  expect(befall(faults, "a", true)).toEqual({ status: { code: 416, retryAfter: null } });
  expect(befall(faults, "a", true)).toEqual({});
});

test("once is once for each file; *N says how often", () => {
  const faults = createFaults(["cut*2", "404*1@b"]);
  expect([1, 2, 3].map(() => "interruption" in befall(faults, "a"))).toEqual([true, true, false]);
  expect([1, 2, 3].map(() => Object.keys(befall(faults, "b")))).toEqual([
    ["status", "interruption"],
    ["interruption"],
    [],
  ]);
});

test("offline, slow, 404, wrong-size and disk-full are for always", () => {
  const texts = ["offline", "slow", "404", "wrong-size", "disk-full"];
  const faults = createFaults(texts);
  for (let count = 0; count < 10; count++) expect(Object.keys(befall(faults, "a"))).toHaveLength(5);
});

test("a place is one file; without one the manifest has only what a whole device has", () => {
  const all = createFaults(["offline", "slow", "disk-full", "cut", "stall", "404", "503", "wrong-size"]);
  expect(Object.keys(befall(all, "manifest"))).toEqual(["offline", "bytesPerSecond"]);
  const placed = createFaults(["404@manifest", "cut@a"]);
  expect(Object.keys(befall(placed, "manifest"))).toEqual(["status"]);
  expect(Object.keys(befall(placed, "a"))).toEqual(["interruption"]);
  expect(befall(placed, "b")).toEqual({});
});

test("an identifier may hold what the grammar uses", () => {
  const name = "a@b*3=c/d é.pak";
  expect(Object.keys(befall(createFaults([`404@${name}`]), name))).toEqual(["status"]);
});

test("of two for the same thing the first that is left counts", () => {
  const faults = createFaults(["503*1", "404", "stall*1", "cut*1"]);
  expect(befall(faults, "a")).toEqual({
    status: { code: 503, retryAfter: null },
    interruption: { kind: "stall", after: 0.5 },
  });
  expect(befall(faults, "a")).toEqual({
    status: { code: 404, retryAfter: null },
    interruption: { kind: "cut", after: 0.5 },
  });
});

test("what did not come to pass is not used up", () => {
  const faults = createFaults(["cut"]);
  faults.attempt("a", false);
  expect(faults.attempt("a", false).interruption).not.toBeNull();
  expect(faults.unused()).toEqual(["cut"]);
  expect(faults.takeOccurred()).toEqual([]);
});

test("what came to pass is told, once for an attempt", () => {
  const told: Occurrence[] = [];
  const faults = createFaults(["slow", "404@b", "kill-system@transfer"], (occurrence) => told.push(occurrence));
  const attempt = faults.attempt("a", false);
  attempt.happened("bytesPerSecond");
  attempt.happened("bytesPerSecond");
  attempt.happened("status");
  faults.kills("system", "transfer");
  const expected = [
    { fault: "slow", at: "a" },
    { fault: "kill-system@transfer", at: "transfer" },
  ];
  expect(told).toEqual(expected);
  expect(faults.takeOccurred()).toEqual(expected);
  expect(faults.takeOccurred()).toEqual([]);
  expect(faults.unused()).toEqual(["404@b"]);
});

test("a process dies at its step, the time that was said, and as often", () => {
  const faults = createFaults(["kill-system=3*2@delivered", "kill-extension@moveTo"]);
  expect([1, 2, 3, 4, 5].map(() => faults.kills("system", "delivered"))).toEqual([false, false, true, true, false]);
  expect(faults.kills("system", "transfer")).toBe(false);
  expect(faults.kills("extension", "downloads")).toBe(false);
  expect([1, 2].map(() => faults.kills("extension", "moveTo"))).toEqual([true, false]);
});

test("a process dies no more when its faults are used up", () => {
  const faults = createFaults(["kill-extension=2*2@moveTo", "kill-system@delivered", "offline"]);
  expect([1, 2, 3, 4].map(() => [faults.killsToCome("extension"), faults.kills("extension", "moveTo")])).toEqual([
    [true, false],
    [true, true],
    [true, true],
    [false, false],
  ]);
});

test.each([
  ["ofline", '"ofline"', '"offline"'],
  ["kil-system=2@transfer", '"kil-system"', '"kill-system=2@transfer"'],
  ["Offline", '"Offline"', '"offline"'],
  ["", '""', null],
  ["@level-1.pak", '""', null],
  ["toString", '"toString"', null],
])("%j is no fault", (text, name, meant) => {
  expect(() => createFaults(["offline", text])).toThrow(
    expect.objectContaining({
      code: "BA_FAULT_UNKNOWN",
      message: expect.stringContaining(
        `There is no fault ${name}; it is one of ${Object.keys(faultTable).join(", ")}.`,
      ),
      hint: `${meant === null ? "" : `Did you mean ${meant}? `}All of them: ba-extension simulate --fault help`,
    }),
  );
});

test.each([
  ["offline=1", "offline takes no value"],
  ["slow=fast", "the value of slow is a whole number, 1 or more: bytes a second"],
  ["slow=0", "1 or more"],
  ["slow=", "1 or more"],
  ["slow=10%", "1 or more"],
  ["slow=-1", "1 or more"],
  ["slow=99999999999999999999", "1 or more"],
  ["cut=100%", "the value of cut is a whole number, 0 to 99: percent of what is to be loaded"],
  ["cut=1.5", "0 to 99"],
  ["503=soon", "seconds of Retry-After"],
  ["cut*0", "behind * stands how often, 1 or more"],
  ["cut*", "how often"],
  ["cut*many@a", "how often"],
  ["cut@", "behind @ stands a download's identifier, or manifest"],
  ["kill-system", "kill-system needs @ and one of manifest, request, scheduled, transfer, transferred, delivered"],
  ["kill-system=0@transfer", "1 or more: which time it comes there"],
  ["kill-extension@", "kill-extension needs @ and one of downloads, didReceiveChallenge,"],
])("%j cannot be read", (text, rule) => {
  expect(codeOf([text])).toBe("BA_FAULT_INVALID");
  expect(() => createFaults([text])).toThrow(`The fault ${JSON.stringify(text)} cannot be read: `);
  expect(() => createFaults([text])).toThrow(rule);
});

test("a step that was meant", () => {
  expect(() => createFaults(["kill-extension=2@moveto"])).toThrow(
    expect.objectContaining({
      hint: 'Did you mean "kill-extension=2@moveTo"? All of them: ba-extension simulate --fault help',
    }),
  );
});

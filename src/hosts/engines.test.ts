import { describe, expect, it } from "vitest";
import { checkHostEngine, hosts, hostTable } from "./engines.js";

describe("pairs of host and engine", () => {
  it.each(Object.keys(hosts))("%s runs its default engine and node", (host) => {
    expect(() => checkHostEngine(host, undefined)).not.toThrow();
    expect(() => checkHostEngine(host, "node")).not.toThrow();
  });

  it.each([
    ["worker", "jsc", "The host worker does not run the engine jsc."],
    ["wroker", undefined, 'There is no host "wroker".'],
    ["toString", "node", 'There is no host "toString".'],
  ])("%s with %s is a user's error that shows the table", (host, engine, message) => {
    expect(() => checkHostEngine(host, engine)).toThrowError(
      expect.objectContaining({
        name: "UserError",
        code: "BA_HOST_ENGINE",
        message,
        hint: expect.stringContaining(hostTable()),
      }),
    );
  });

  it("are shown a line a host", () => {
    expect(hostTable().split("\n")).toEqual([
      expect.stringMatching(/^ {2}host +engines +what runs the handler +needs *$/),
      expect.stringMatching(/^ {2}worker +node +a worker thread of a child Node process +nothing *$/),
      expect.stringMatching(/^ {2}embedded +node /),
      expect.stringMatching(/^ {2}libnode +node /),
      expect.stringMatching(/^ {2}swift +node +the real Swift principal class .* Swift 6\.2 and libnode$/),
    ]);
  });
});

import { expect, test } from "vitest";
import type { DownloadError } from "../sdk/file.js";
import { ExclusiveControl } from "./exclusive-control.js";
import type { SystemServices } from "./options.js";
import { scriptedSystem } from "./testing/scripted.js";

const { services } = scriptedSystem();

/** A system whose answer to the request is given by the test. */
function slowSystem() {
  const calls: string[] = [];
  const answers: ((answer: DownloadError | null) => void)[] = [];
  const system: SystemServices = {
    ...services,
    acquireExclusiveControl() {
      calls.push("acquire");
      return new Promise((resolve) => answers.push(resolve));
    },
    releaseExclusiveControl: () => void calls.push("release"),
  };
  return { system, calls, grant: () => answers.shift()?.(null) };
}

test("a request waits for a move that is under way, and is asked for after it", async () => {
  const { system, calls, grant } = slowSystem();
  const control = new ExclusiveControl(system);
  let finish: (() => void) | undefined;
  const moved = control.around(() => new Promise<void>((resolve) => void (finish = resolve)));
  const acquired = control.acquire(undefined);
  expect(calls).toEqual(["acquire"]);
  grant();
  await expect.poll(() => finish).toBeDefined();
  expect(calls).toEqual(["acquire"]);
  finish?.();
  await moved;
  await expect.poll(() => calls).toEqual(["acquire", "release", "acquire"]);
  grant();
  await acquired;
  control.release();
  expect(calls).toEqual(["acquire", "release", "acquire", "release"]);
});

test("a move waits for the handler's request, and asks itself when that was refused", async () => {
  const { system, calls } = slowSystem();
  const refusal = { domain: "d", code: 1, name: null, message: "busy", underlying: null, userInfo: {} };
  const answers: (DownloadError | null)[] = [refusal, null];
  const control = new ExclusiveControl({
    ...system,
    async acquireExclusiveControl() {
      calls.push("acquire");
      return answers.shift() ?? null;
    },
  });
  const acquired = control.acquire(undefined);
  const moved = control.around(async () => calls.push("move"));
  await expect(acquired).rejects.toMatchObject({
    code: "BA_EXCLUSIVE_CONTROL",
    message: expect.stringContaining("busy"),
  });
  await moved;
  expect(calls).toEqual(["acquire", "acquire", "move", "release"]);
});

test("control that is had only after the event has ended is given back at once", async () => {
  const { system, calls, grant } = slowSystem();
  const control = new ExclusiveControl(system);
  const acquired = control.acquire(undefined);
  control.end();
  await expect(acquired).rejects.toMatchObject({ code: "BA_EXCLUSIVE_CONTROL" });
  expect(calls).toEqual(["acquire", "release"]);
  grant();
  await expect.poll(() => calls).toEqual(["acquire", "release", "release"]);
});

test("a move that fails gives control back", async () => {
  const { system, calls, grant } = slowSystem();
  const control = new ExclusiveControl(system);
  const moved = control.around(() => Promise.reject(new Error("no room")));
  grant();
  await expect(moved).rejects.toThrow("no room");
  expect(calls).toEqual(["acquire", "release"]);
});

test("after the event has ended nothing is asked for", async () => {
  const { system, calls } = slowSystem();
  const control = new ExclusiveControl(system);
  control.end();
  await expect(control.around(async () => {})).rejects.toMatchObject({ code: "BA_EXCLUSIVE_CONTROL" });
  await expect(control.acquire(undefined)).rejects.toMatchObject({ code: "BA_EXCLUSIVE_CONTROL" });
  expect(calls).toEqual([]);
});

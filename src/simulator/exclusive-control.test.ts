import { expect, it } from "vitest";
import { createExclusiveControl } from "./exclusive-control.js";

const now = (): number => 1_000;

it("is had by one at a time, and passes on when it is released (rule exclusive-control)", async () => {
  const control = createExclusiveControl(now);
  const order: string[] = [];
  expect(await control.acquire("app")).toBeNull();
  const extension = control.acquire("extension").then((refusal) => {
    order.push("extension");
    return refusal;
  });
  await Promise.resolve();
  order.push("app releases");
  control.release("extension"); // has it not
  control.release("app");
  expect(await extension).toBeNull();
  expect(order).toEqual(["app releases", "extension"]);
  expect(await control.acquire("app", 1_000)).toMatchObject({ name: "EAGAIN" });
});

it("tries once when the date has passed, and is not had twice (rule control-refused)", async () => {
  const control = createExclusiveControl(now);
  expect(await control.acquire("extension", 999)).toBeNull();
  expect(await control.acquire("extension")).toMatchObject({ domain: "NSPOSIXErrorDomain", code: 11 });
  expect(await control.acquire("app", 999)).toMatchObject({
    code: 35,
    message: "The extension has exclusive control.",
  });
  control.release("extension");
  expect(await control.acquire("app", 999)).toBeNull();
});

it("stops waiting at its date", async () => {
  let time = 1_000;
  const control = createExclusiveControl(() => time);
  await control.acquire("app");
  const refused = control.acquire("extension", 1_001);
  time = 1_001;
  expect(await refused).toMatchObject({ name: "EAGAIN" });
});

import { expect, test } from "vitest";
import { createBodyQueue, HIGH_WATER } from "./body-queue.js";

function queueWithLog() {
  const calls: string[] = [];
  const queue = createBodyQueue({
    pause: () => calls.push("pause"),
    resume: () => calls.push("resume"),
    stop: () => calls.push("stop"),
  });
  return { queue, calls };
}

test("the socket is paused when enough waits, and resumed when it is taken", async () => {
  const { queue, calls } = queueWithLog();
  for (let count = 0; count < 4; count++) queue.push(Buffer.alloc(HIGH_WATER / 4));
  expect(calls).toEqual(["pause"]);
  const { value } = await queue.batches().next();
  expect(value).toHaveLength(4);
  expect(calls).toEqual(["pause", "resume"]);
});

test("a failure comes after everything that arrived before it", async () => {
  const { queue, calls } = queueWithLog();
  queue.push(Buffer.from("a"));
  queue.end(new Error("cut"));
  queue.end();
  const batches = queue.batches();
  expect((await batches.next()).value).toEqual([Buffer.from("a")]);
  await expect(batches.next()).rejects.toThrow("cut");
  expect(calls).not.toContain("stop");
});

test("a reader that waits gets what comes later", async () => {
  const { queue } = queueWithLog();
  const batches = queue.batches();
  const first = batches.next();
  queue.push(Buffer.from("a"));
  expect((await first).value).toEqual([Buffer.from("a")]);
  const last = batches.next();
  queue.end();
  expect((await last).done).toBe(true);
});

test("a reader that leaves early stops the response", async () => {
  const { queue, calls } = queueWithLog();
  queue.push(Buffer.from("a"));
  for await (const _batch of queue.batches()) break;
  expect(calls).toContain("stop");
});

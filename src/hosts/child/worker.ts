/**
 * The worker thread of the `worker` host: evaluates the bundle and lends it `Native`.
 * @module
 */
import { parentPort, workerData } from "node:worker_threads";
import type { Guest } from "../../guest/native.js";
import type { Flow } from "./flow-control.js";
import { evaluateBundle } from "./evaluate-bundle.js";
import { toGuestError } from "./guest-error.js";
import type { FromWorker, ToWorker, WorkerInput } from "./worker-messages.js";
import { createNative } from "./worker-native.js";

const port = parentPort;
if (!port) throw new Error("This file is the worker thread of the `worker` host; it cannot be run by itself.");
const { bundlePath, configuration, flow }: WorkerInput = workerData;
const waiting = new Int32Array(flow.waiting);
const post = (message: FromWorker): void => {
  port.postMessage(message);
  if (message.kind === "download" || message.kind === "log") waitForRoom(flow);
};

let guest: Guest;
try {
  guest = evaluateBundle(bundlePath)(createNative(post), configuration);
  // The listener keeps the thread alive, so it comes only when there is something to wait for.
  port.on("message", (message: ToWorker) => {
    if (message.kind === "dispatch") guest.dispatch(message.id, message.json);
    else guest.hostReply(message.id, message.json);
  });
  post({ kind: "loaded", callbacks: guest.callbacks });
} catch (thrown) {
  post({ kind: "loadFailed", error: toGuestError(thrown, "BA_LOAD_FAILED") });
}

/** Counts a message, and returns when another one may be posted. A thread that waits here can be terminated. */
function waitForRoom({ most, few }: Flow): void {
  let count = Atomics.add(waiting, 0, 1) + 1;
  if (count < most) return;
  for (; count > few; count = Atomics.load(waiting, 0)) Atomics.wait(waiting, 0, count);
}

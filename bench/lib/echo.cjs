// The floor of `npm run bench -- roundtrip`: postMessage to a worker thread and back. Prints microseconds per batch.
"use strict";
const { Worker, isMainThread, parentPort } = require("node:worker_threads");

if (!isMainThread) {
  parentPort.on("message", async (message) => parentPort.postMessage(await message));
} else {
  const trips = Number(process.argv[2]);
  const worker = new Worker(__filename);
  const echo = () =>
    new Promise((resolve) => {
      worker.once("message", resolve);
      worker.postMessage('{"kind":"extensionWillTerminate"}');
    });
  (async () => {
    for (let batch = 0; batch < 20; batch += 1) {
      const start = process.hrtime.bigint();
      for (let trip = 0; trip < trips; trip += 1) await echo();
      console.log((Number(process.hrtime.bigint() - start) / 1e3 / trips).toFixed(3));
    }
    await worker.terminate();
  })();
}

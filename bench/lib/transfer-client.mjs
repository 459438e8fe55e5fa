// The simulated system of the `transfer` measure: loads the file once for each message, and answers
// `{ seconds, rssBefore, rssPeak }`, bytes of resident memory before the first load and at the peak so far.
// argv: port, PEM file of the authority, destination, bytes.
import { readFileSync } from "node:fs";
import { createFaults } from "../../dist/simulator/faults/index.js";
import { createLoader } from "../../dist/simulator/loader.js";
import { createHostConnections } from "../../dist/simulator/transfer/host-connections.js";

const [port, ca, destination, bytes] = process.argv.slice(2);
const target = { address: "127.0.0.1", port: Number(port) };
const connections = createHostConnections({
  ca: readFileSync(ca, "utf8"),
  map: new Map([["assets.example.com", target]]),
});
const loader = createLoader({
  connections,
  recorder: { progress() {} },
  signal: new AbortController().signal,
  faults: createFaults([]),
  clock: { pass() {} },
  step() {},
  challenge: () => Promise.reject(new Error("The server asked for a credential.")),
});
const handle = {
  kind: "url",
  identifier: "file",
  uniqueIdentifier: "1",
  essential: false,
  priority: "default",
  state: "downloading",
};
const rssBefore = process.memoryUsage.rss();

process.on("message", async () => {
  const start = process.hrtime.bigint();
  const { status, error } = await loader.load({
    handle,
    request: { url: "https://assets.example.com/file" },
    destination,
    expectedBytes: Number(bytes),
    partial: null,
    async onPartial() {},
    foreground: false,
  });
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  if (status !== "loaded") throw new Error(error?.message);
  process.send({ seconds, rssBefore, rssPeak: process.resourceUsage().maxRSS * 1024 });
});

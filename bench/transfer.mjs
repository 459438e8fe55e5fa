// A simulated download over HTTPS beside curl, in turn: the same server in a process of its own, both to a file. Ours is
// one process for all rounds, as a simulator is, and its peak of resident memory that of all rounds.
import { execFileSync, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { median, round } from "./lib/statistics.mjs";
import { root } from "./lib/toolchain.mjs";

const GIBIBYTE = 1024 ** 3;

export async function measure({ runs = 7, note }) {
  const folder = mkdtempSync(join(tmpdir(), "ba-bench-"));
  const destination = join(folder, "file");
  const children = [];
  const start = (program, ...args) => {
    const child = fork(`${root}bench/lib/${program}.mjs`, args.map(String));
    children.push(child);
    return child;
  };
  try {
    const server = start("transfer-server", join(folder, "certificates"), GIBIBYTE);
    const [{ port, ca }] = await answer(server);
    const client = start("transfer-client", port, ca, destination, GIBIBYTE);
    const ours = [];
    const curl = [];
    for (let run = -1; run < runs; run += 1) {
      client.send("load");
      const [load] = await answer(client);
      remove(destination);
      const seconds = runCurl(port, ca, destination);
      remove(destination);
      if (run < 0) continue; // the first round warms up server and client
      ours.push(load);
      curl.push(seconds);
      note(`round ${run + 1} of ${runs}: ${round(load.seconds)} s, curl ${round(seconds)} s`);
    }
    const { rssBefore, rssPeak } = ours.at(-1);
    return {
      measure: "transfer",
      bytes: GIBIBYTE,
      runs,
      seconds: ours.map((load) => round(load.seconds, 3)),
      curlSeconds: curl.map((seconds) => round(seconds, 3)),
      // Of throughputs, round by round.
      ratio: round(median(ours.map((load, index) => curl[index] / load.seconds)), 3),
      rssBeforeBytes: rssBefore,
      rssGrowthBytes: rssPeak - rssBefore,
    };
  } finally {
    for (const child of children) child.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The next message of a child that lives. */
async function answer(child) {
  const ended = new AbortController();
  const exit = once(child, "exit", { signal: ended.signal }).then(() => {
    throw new Error("A process of the measure ended early.");
  });
  try {
    return await Promise.race([once(child, "message", { signal: ended.signal }), exit]);
  } finally {
    exit.catch(() => {});
    ended.abort();
  }
}

/** Seconds, without those of its start: as ours are counted. */
function runCurl(port, ca, destination) {
  const host = "assets.example.com";
  const to = ["--http1.1", "--cacert", ca, "--connect-to", `${host}:443:127.0.0.1:${port}`, "--output", destination];
  const args = ["--silent", "--show-error", "--fail", ...to, "--write-out", "%{time_total}", `https://${host}/file`];
  return Number(execFileSync("curl", args, { encoding: "utf8" }));
}

/** Removes the file, which must have come whole. */
function remove(destination) {
  const { size } = statSync(destination);
  if (size !== GIBIBYTE) throw new Error(`The file has ${size} bytes.`);
  rmSync(destination);
}

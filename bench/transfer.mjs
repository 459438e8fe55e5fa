// A simulated download over HTTPS beside curl: the same server, in a process of its own, both to a file, in turn.
// Each load of ours has a fresh process, whose peak of resident memory is read when it is over.
import { execFileSync, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { median, round } from "./lib/statistics.mjs";
import { root } from "./lib/toolchain.mjs";

const GIBIBYTE = 1024 ** 3;

export async function measure({ runs = 5, note }) {
  const folder = mkdtempSync(join(tmpdir(), "ba-bench-"));
  const server = fork(`${root}bench/lib/transfer-server.mjs`, [join(folder, "certificates"), String(GIBIBYTE)]);
  try {
    const [{ port, ca }] = await once(server, "message");
    const destination = join(folder, "file");
    const ours = [];
    const curl = [];
    for (let run = -1; run < runs; run += 1) {
      const load = loadOnce({ port, ca, destination });
      const seconds = curlOnce({ port, ca, destination });
      if (run < 0) continue; // the first round warms up the server
      ours.push(load);
      curl.push(seconds);
      note(`round ${run + 1} of ${runs}: ${round(load.seconds)} s, curl ${round(seconds)} s`);
    }
    return {
      measure: "transfer",
      bytes: GIBIBYTE,
      runs,
      seconds: ours.map(({ seconds }) => round(seconds, 3)),
      curlSeconds: curl.map((seconds) => round(seconds, 3)),
      // Of throughputs, round by round.
      ratio: round(median(ours.map(({ seconds }, index) => curl[index] / seconds)), 3),
      rssBeforeBytes: median(ours.map(({ rssBefore }) => rssBefore)),
      rssGrowthBytes: Math.max(...ours.map(({ rssBefore, rssPeak }) => rssPeak - rssBefore)),
    };
  } finally {
    server.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One load in a fresh process: seconds, and bytes of resident memory before it and at its peak. */
function loadOnce({ port, ca, destination }) {
  const args = [`${root}bench/lib/transfer-client.mjs`, String(port), ca, destination, String(GIBIBYTE)];
  return whole(destination, () => JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" })));
}

/** Seconds, without those of its start: as ours are counted. */
function curlOnce({ port, ca, destination }) {
  const host = "assets.example.com";
  const to = ["--http1.1", "--cacert", ca, "--connect-to", `${host}:443:127.0.0.1:${port}`, "--output", destination];
  const args = ["--silent", "--show-error", "--fail", ...to, "--write-out", "%{time_total}", `https://${host}/file`];
  return whole(destination, () => Number(execFileSync("curl", args, { encoding: "utf8" })));
}

/** What `load` gives, when the file came whole; the file is gone afterwards. */
function whole(destination, load) {
  try {
    const result = load();
    const { size } = statSync(destination);
    if (size !== GIBIBYTE) throw new Error(`The file has ${size} bytes.`);
    return result;
  } finally {
    rmSync(destination, { force: true });
  }
}

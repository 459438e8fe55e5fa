import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { cancelChallenge, useCredential, type ChallengeAnswer } from "../sdk/index.js";
import {
  createCertificateAuthority,
  fileResponse,
  startScriptedServer,
  type ScriptedServerOptions,
} from "../server/index.js";
import { createFaults } from "./faults/index.js";
import { transferMatrix, waits } from "./faults/matrix.fixture.js";
import { createLoader, type Load, type LoaderOptions } from "./loader.js";
import type { Progress } from "./options.js";
import { createHostConnections, type PartialFile } from "./transfer/index.js";

const HOST = "assets.example.com";
const file = Buffer.from("0123456789".repeat(1000));

interface Bed {
  /** Loads `https://assets.example.com/file` as a non-essential download called `level`. */
  load(options?: Partial<Load>): ReturnType<ReturnType<typeof createLoader>["load"]>;
  readonly destination: string;
  readonly progress: Progress[];
  readonly steps: string[];
  /** What `onPartial` was told, in order. */
  readonly partials: (PartialFile | null)[];
  /** Milliseconds that passed on the simulated clock. */
  passed(): number;
  readonly server: Awaited<ReturnType<typeof startScriptedServer>>;
}

async function startBed(
  faults: readonly string[] = [],
  respond: ScriptedServerOptions["respond"] = (request) => fileResponse(request, file),
  options: Partial<LoaderOptions> = {},
): Promise<Bed> {
  const directory = await mkdtemp(join(tmpdir(), "ba-loader-"));
  const tls = await createCertificateAuthority(join(directory, "certificates"), [HOST]);
  const server = await startScriptedServer({ tls, respond });
  const target = { address: "127.0.0.1", port: server.port };
  const connections = createHostConnections({ ca: tls.caPem, map: new Map([[HOST, target]]) });
  onTestFinished(async () => {
    await connections.dispose();
    await server.dispose();
    await rm(directory, { recursive: true, force: true });
  });
  const progress: Progress[] = [];
  const steps: string[] = [];
  const partials: (PartialFile | null)[] = [];
  const destination = join(directory, "system", "file");
  let passed = 0;
  const loader = createLoader({
    connections,
    recorder: { progress: (told) => void progress.push(told) },
    signal: new AbortController().signal,
    faults: createFaults(faults),
    clock: { pass: (duration) => void (passed += duration) },
    step: (step) => void steps.push(step),
    challenge: async () => cancelChallenge(),
    ...options,
  });
  return {
    destination,
    progress,
    steps,
    partials,
    server,
    passed: () => passed,
    load: (given) =>
      loader.load({
        handle: download,
        request: { url: `https://${HOST}/file` },
        destination,
        expectedBytes: file.length,
        partial: null,
        onPartial: async (partial) => void partials.push(partial),
        foreground: false,
        ...given,
      }),
  };
}

const download = {
  kind: "url",
  identifier: "level",
  uniqueIdentifier: "1",
  essential: false,
  priority: "default",
  state: "downloading",
} as const;

const loadsFor: Record<(typeof waits)[number], Partial<Load>> = {
  manifest: { handle: { ...download, kind: "manifest", identifier: "the URL" }, expectedBytes: null },
  essential: { handle: { ...download, essential: true } },
  "non-essential": {},
  foreground: { foreground: true },
};

describe.each(Object.entries(transferMatrix))(
  "%s (rules waits-for-network, essential-attempts, foreground-fails-early)",
  (fault, outcomes) => {
    test.each(waits.map((who, index) => [who, outcomes[index]] as const))("%s: %s", async (who, outcome) => {
      const bed = await startBed([who === "manifest" ? `${fault}@manifest` : fault]);
      const { status, attempts, error, bytes } = await bed.load(loadsFor[who]);
      expect([status, attempts, error?.name].filter((part) => part != null).join(" ")).toBe(outcome);
      const there = await stat(bed.destination).then(
        ({ size }) => size,
        () => 0,
      );
      expect(bytes).toBe(there);
      if (status === "loaded") expect(file.subarray(0, there).equals(await readFile(bed.destination))).toBe(true);
      expect(bed.progress.filter(({ kind }) => kind === "retry")).toHaveLength(attempts - 1);
    });
  },
);

test("what was interrupted goes on, after one second, two, four and eight (rule interrupted-goes-on)", async () => {
  const bed = await startBed(["cut*4"]);
  expect(await bed.load()).toEqual({
    status: "loaded",
    bytes: 10_000,
    attempts: 5,
    resumedBytes: 5000 + 7500 + 8750 + 9375,
    error: null,
  });
  expect((await readFile(bed.destination)).equals(file)).toBe(true);
  const reason = "the connection was lost";
  expect(bed.progress.filter(({ kind }) => kind === "retry")).toEqual(
    [1000, 2000, 4000, 8000].map((delay) => ({ kind: "retry", identifier: "level", reason, delay })),
  );
  expect(bed.passed()).toBe(15_000);
  expect(bed.server.requests.map(({ headers }) => headers.range)).toEqual([
    undefined,
    "bytes=5000-",
    "bytes=7500-",
    "bytes=8750-",
    "bytes=9375-",
  ]);
  expect(new Set(bed.partials.map((partial) => partial?.etag)).size).toBe(1);
});

test.each([
  ["seconds", () => "120", 120_000],
  ["a date", () => "Fri, 02 Jan 2026 03:06:05 GMT", 120_000],
  ["a date that has passed", () => "Fri, 02 Jan 2026 03:00:00 GMT", 0],
  ["nothing that can be read", () => "soon", 1000],
])("Retry-After: %s", async (_, retryAfter, delay) => {
  let asked = 0;
  const bed = await startBed([], (request) =>
    asked++ === 0
      ? { status: 503, headers: { "Retry-After": retryAfter(), Date: "Fri, 02 Jan 2026 03:04:05 GMT" } }
      : fileResponse(request, file),
  );
  expect(await bed.load()).toMatchObject({ status: "loaded", attempts: 2 });
  expect(bed.progress[0]).toEqual({ kind: "retry", identifier: "level", reason: "HTTP status 503", delay });
  expect(bed.passed()).toBe(delay);
});

test.each([
  ["401", () => ({ status: 401 })],
  ["500", () => ({ status: 500 })],
  ["502", () => ({ status: 502 })],
  ["a file that is too short", () => ({ body: "short" })],
  ["a file that is too long", () => ({ body: Buffer.alloc(10_001) })],
])("%s is final", async (_, respond) => {
  const bed = await startBed([], respond);
  expect(await bed.load()).toMatchObject({ status: "failed", attempts: 1 });
  expect(bed.passed()).toBe(0);
});

test("a certificate that is not trusted is final", async () => {
  const bed = await startBed();
  const connections = createHostConnections({
    ca: undefined,
    map: new Map([[HOST, { address: "127.0.0.1", port: bed.server.port }]]),
  });
  onTestFinished(() => connections.dispose());
  const other = await startBed([], undefined, { connections });
  expect(await other.load()).toMatchObject({
    status: "failed",
    attempts: 1,
    error: { name: "serverCertificateUntrusted" },
  });
});

test("a server that is down is waited for", async () => {
  const bed = await startBed();
  await bed.server.dispose();
  expect(await bed.load()).toMatchObject({
    status: "waiting",
    attempts: 5,
    bytes: 0,
    error: { name: "cannotConnectToHost" },
  });
});

test("what waits goes on in the next load, with what is there (rule waits-for-network)", async () => {
  const bed = await startBed(["cut*5"]);
  const first = await bed.load();
  expect(first).toMatchObject({ status: "waiting", attempts: 5, bytes: 9687 });
  expect(await bed.load({ partial: bed.partials.at(-1) ?? null })).toEqual({
    status: "loaded",
    bytes: 10_000,
    attempts: 1,
    resumedBytes: 9687,
    error: null,
  });
  expect((await readFile(bed.destination)).equals(file)).toBe(true);
});

test("bytes of a version that nobody remembers are not used", async () => {
  const bed = await startBed();
  await bed.load();
  await writeFile(bed.destination, "of whom?");
  expect(await bed.load({ partial: null })).toMatchObject({ status: "loaded", resumedBytes: 0 });
  expect((await readFile(bed.destination)).equals(file)).toBe(true);
});

test("half of the file is a step, by what it is", async () => {
  const bed = await startBed();
  await bed.load();
  await bed.load(loadsFor.manifest);
  expect(bed.steps).toEqual(["transfer", "manifest"]);
});

test("a system that is killed at half leaves half, and what is needed to go on with it", async () => {
  const bed = await startBed([], undefined, {
    step: () => {
      throw new Error("killed");
    },
  });
  await expect(bed.load()).rejects.toThrow("killed");
  expect((await readFile(bed.destination)).equals(file.subarray(0, 5000))).toBe(true);
  const next = await startBed();
  expect(await next.load({ destination: bed.destination, partial: bed.partials.at(-1) ?? null })).toMatchObject({
    status: "loaded",
    resumedBytes: 5000,
  });
  expect((await readFile(bed.destination)).equals(file)).toBe(true);
});

test("the end of everything is no failure of a download", async () => {
  const controller = new AbortController();
  const bed = await startBed([], () => ({ body: file.subarray(0, 10), contentLength: file.length, after: "stall" }), {
    signal: controller.signal,
  });
  const loading = bed.load({
    onPartial: async () => controller.abort(new Error("disposed")),
  });
  await expect(loading).rejects.toThrow("disposed");
});

test("a challenge names the download; its credential serves the others of the session", async () => {
  const asked: unknown[] = [];
  const challenge: LoaderOptions["challenge"] = async (given, handle): Promise<ChallengeAnswer> => {
    asked.push([given.protectionSpace.realm, handle]);
    return useCredential({ user: "ada", password: "secret" });
  };
  const bed = await startBed(
    [],
    (request) =>
      request.headers.authorization
        ? fileResponse(request, file)
        : { status: 401, headers: { "WWW-Authenticate": 'Basic realm="builds"' } },
    { challenge },
  );
  expect(await bed.load()).toMatchObject({ status: "loaded" });
  expect(await bed.load()).toMatchObject({ status: "loaded" });
  expect(asked).toEqual([["builds", download]]);
});

test("progress is that of downloads, with the size that is expected", async () => {
  const bed = await startBed();
  await bed.load();
  await bed.load(loadsFor.manifest);
  expect(bed.progress).toEqual([
    { kind: "transfer", identifier: "level", essential: false, received: 10_000, total: 10_000 },
  ]);
});

import { expect, test } from "vitest";
import type { ScriptedRequest, ScriptedResponse } from "../../server/index.js";
import { performDefaultHandling, rejectProtectionSpace, useCredential } from "../../sdk/index.js";
import { HOST, startBench } from "./transfer.fixture.js";

const right = `Basic ${Buffer.from("ada:löve").toString("base64")}`;
const authenticate = (...offers: string[]): ScriptedResponse => ({
  status: 401,
  headers: { "WWW-Authenticate": offers },
  body: "who are you?",
});
const guarded = ({ headers }: ScriptedRequest): ScriptedResponse =>
  headers.authorization === right ? { body: "asset" } : authenticate('Basic realm="builds"');
const ada = { user: "ada", password: "löve" };

test("an accepted credential is kept for the session", async () => {
  const bench = await startBench(guarded);
  const challenge = async () => useCredential(ada);
  expect(await bench.load({ challenge })).toEqual({ ok: true, bytes: 5, resumedBytes: 0 });
  expect(await bench.load({ challenge })).toEqual({ ok: true, bytes: 5, resumedBytes: 0 });
  expect(bench.challenges).toEqual([
    {
      protectionSpace: {
        host: HOST,
        port: 443,
        protocol: "https",
        realm: "builds",
        method: "httpBasic",
        rawMethod: "NSURLAuthenticationMethodHTTPBasic",
        isProxy: false,
        receivesCredentialSecurely: true,
      },
      previousFailureCount: 0,
    },
  ]);
});

test("a credential with persistence none is not", async () => {
  const bench = await startBench(guarded);
  const challenge = async () => useCredential({ ...ada, persistence: "none" });
  await bench.load({ challenge });
  await bench.load({ challenge });
  expect(bench.challenges).toHaveLength(2);
});

test("downloads that start together ask once", async () => {
  const bench = await startBench(guarded);
  const challenge = async () => useCredential(ada);
  const results = await Promise.all(
    ["a", "b", "c"].map((name) => bench.load({ challenge, destination: `${bench.destination}-${name}` })),
  );
  expect(results.map(({ ok }) => ok)).toEqual([true, true, true]);
  expect(bench.challenges).toHaveLength(1);
});

test("a download that is aborted while it waits its turn lets the next one in", async () => {
  const bench = await startBench(guarded);
  let answer = (_: ReturnType<typeof useCredential>): void => {};
  const asked = new Promise<void>((resolve) => {
    void bench
      .load({
        challenge: () => {
          resolve();
          return new Promise((given) => (answer = given));
        },
      })
      .then(() => {});
  });
  await asked;
  const aborted = new AbortController();
  const second = bench.load({ signal: aborted.signal, destination: `${bench.destination}-2` });
  const third = bench.load({ destination: `${bench.destination}-3` });
  aborted.abort();
  expect(await second).toMatchObject({ ok: false, error: { code: -999 } });
  answer(useCredential(ada));
  expect(await third).toEqual({ ok: true, bytes: 5, resumedBytes: 0 });
});

test("three refused credentials end the download; no error names them", async () => {
  const bench = await startBench(guarded);
  const result = await bench.load({ challenge: async () => useCredential({ user: "eve", password: "gue55" }) });
  expect(result).toMatchObject({
    ok: false,
    bytes: 0,
    error: { domain: "NSURLErrorDomain", code: -1013, name: "userAuthenticationRequired" },
  });
  expect(bench.challenges.map(({ previousFailureCount }) => previousFailureCount)).toEqual([0, 1, 2]);
  expect(bench.server.requests).toHaveLength(4);
  expect(JSON.stringify(result)).not.toMatch(/eve|gue55|ZXZlOmd1ZTU1/);
});

test("a kept credential that is refused later is forgotten, and counts", async () => {
  let accepted = right;
  const bench = await startBench(({ headers }) =>
    headers.authorization === accepted ? { body: "asset" } : authenticate('Basic realm="builds"'),
  );
  await bench.load({ challenge: async () => useCredential(ada) });
  accepted = `Basic ${Buffer.from("ada:new").toString("base64")}`;
  const challenge = async () => useCredential({ user: "ada", password: "new" });
  expect(await bench.load({ challenge })).toEqual({ ok: true, bytes: 5, resumedBytes: 0 });
  expect(bench.challenges.map(({ previousFailureCount }) => previousFailureCount)).toEqual([0, 1]);
});

test("a cancelled challenge cancels the download", async () => {
  const bench = await startBench(guarded);
  expect(await bench.load()).toMatchObject({ ok: false, error: { code: -999, name: "cancelled" } });
});

test("default handling leaves the 401", async () => {
  const bench = await startBench(guarded);
  const result = await bench.load({ challenge: async () => performDefaultHandling() });
  expect(result).toMatchObject({ ok: false, error: { code: -1011, userInfo: { statusCode: 401 } } });
  expect(bench.server.requests).toHaveLength(1);
});

test("a rejected space is followed by the next, strongest first", async () => {
  const bench = await startBench(({ headers }) =>
    headers.authorization === right
      ? { body: "asset" }
      : authenticate('Basic realm="builds", Digest realm="vault", nonce="n", qop="auth,auth-int"', "Negotiate", "NTLM"),
  );
  const result = await bench.load({
    challenge: async ({ protectionSpace }) =>
      protectionSpace.method === "httpBasic" ? useCredential(ada) : rejectProtectionSpace(),
  });
  expect(result).toEqual({ ok: true, bytes: 5, resumedBytes: 0 });
  expect(bench.challenges.map(({ protectionSpace: { method, realm } }) => [method, realm])).toEqual([
    ["negotiate", null],
    ["ntlm", null],
    ["httpDigest", "vault"],
    ["httpBasic", "builds"],
  ]);
});

test("when all are rejected the 401 remains", async () => {
  const bench = await startBench(guarded);
  expect(await bench.load({ challenge: async () => rejectProtectionSpace() })).toMatchObject({
    ok: false,
    error: { code: -1011, userInfo: { statusCode: 401 } },
  });
});

test("a scheme that the system does not know asks nobody", async () => {
  const bench = await startBench(() => authenticate('Bearer realm="api"'));
  expect(await bench.load()).toMatchObject({ ok: false, error: { code: -1011 } });
  expect(bench.challenges).toEqual([]);
});

test("a credential for a scheme that is not simulated says what to do", async () => {
  const bench = await startBench(() => authenticate('Digest realm="vault", nonce="n"', 'Basic realm="b"'));
  expect(await bench.load({ challenge: async () => useCredential(ada) })).toMatchObject({
    ok: false,
    error: { code: -1013, message: expect.stringContaining("rejectProtectionSpace()") },
  });
});

test("abort does not wait for the handler's answer", async () => {
  const bench = await startBench(guarded);
  const controller = new AbortController();
  const result = await bench.load({
    signal: controller.signal,
    challenge: () => {
      controller.abort();
      return new Promise(() => {});
    },
  });
  expect(result).toMatchObject({ ok: false, error: { code: -999 } });
});

test("a handler that fails is not the server's failure", async () => {
  const bench = await startBench(guarded);
  await expect(bench.load({ challenge: () => Promise.reject(new Error("the extension died")) })).rejects.toThrow(
    "died",
  );
});

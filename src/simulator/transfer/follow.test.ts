import { expect, test } from "vitest";
import type { ScriptedRequest, ScriptedResponse } from "../../server/index.js";
import { HOST, startBench } from "./transfer.fixture.js";

const redirect = (location: string, status = 302): ScriptedResponse => ({ status, headers: { Location: location } });

test("redirects are followed, relative ones and to other hosts", async () => {
  const steps: Record<string, ScriptedResponse> = {
    "/file": redirect("moved"),
    "/moved": redirect("https://other.example.com/there", 307),
    "/there": { body: "here" },
  };
  const bench = await startBench(({ path }) => steps[path] ?? { status: 404 });
  expect(await bench.load()).toEqual({ ok: true, bytes: 4, resumedBytes: 0 });
  expect(bench.server.requests.map(({ host, path }) => host + path)).toEqual([
    `${HOST}/file`,
    `${HOST}/moved`,
    "other.example.com/there",
  ]);
});

test("a redirect to http is refused", async () => {
  const bench = await startBench(() => redirect("http://assets.example.com/file"));
  expect(await bench.load()).toMatchObject({
    ok: false,
    error: { code: -1022, name: "appTransportSecurityRequiresSecureConnection" },
  });
  expect(bench.server.requests).toHaveLength(1);
});

test("the eleventh redirect is one too many", async () => {
  const bench = await startBench(() => redirect("/file"));
  expect(await bench.load()).toMatchObject({ ok: false, error: { code: -1007, name: "httpTooManyRedirects" } });
  expect(bench.server.requests).toHaveLength(11);
});

test("a redirect that leads nowhere is a bad response", async () => {
  const bench = await startBench(() => ({ status: 302 }));
  expect(await bench.load()).toMatchObject({ ok: false, error: { code: -1011, userInfo: { statusCode: 302 } } });
});

test("another origin gets no Authorization of the handler's; the same one does", async () => {
  const respond = ({ path }: ScriptedRequest): ScriptedResponse =>
    path === "/file" ? redirect("/same") : path === "/same" ? redirect("https://other.example.com/end") : {};
  const bench = await startBench(respond);
  await bench.load({
    request: { url: `https://${HOST}/file`, headers: { Authorization: "Bearer t", "X-Player": "7" } },
  });
  expect(bench.server.requests.map(({ headers }) => headers.authorization)).toEqual([
    "Bearer t",
    "Bearer t",
    undefined,
  ]);
  expect(bench.server.requests[2]?.headers["x-player"]).toBe("7");
});

test.each([
  [301, "POST", "GET"],
  [302, "POST", "GET"],
  [303, "PUT", "GET"],
  [303, "HEAD", "HEAD"],
  [307, "POST", "POST"],
  [308, "POST", "POST"],
])("after %i, %s becomes %s", async (status, method, next) => {
  const bench = await startBench(({ path }) => (path === "/file" ? redirect("/end", status) : {}));
  await bench.load({ request: { url: `https://${HOST}/file`, method } });
  expect(bench.server.requests[1]?.method).toBe(next);
});

import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { request } from "node:https";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createProject, plainConfig, type TestProject } from "../../test/project.js";
import { createSimulator, startScriptedServer, type ScriptedServer } from "./index.js";

let project: TestProject;
beforeEach(async () => {
  project = await createProject();
});
afterEach(() => project[Symbol.asyncDispose]());

/** Asks as a client of the production host does. */
async function ask({ port, ca }: ScriptedServer, path: string, headers: Record<string, string> = {}) {
  const host = "assets.example.com";
  const options = { host: "127.0.0.1", port, path, ca, servername: host, headers: { host, ...headers }, agent: false };
  const sent = request(options).end();
  const [response] = (await once(sent, "response")) as [IncomingMessage];
  return { status: response.statusCode, headers: response.headers, body: await text(response) };
}

describe("a scripted server", () => {
  it("plays the production hosts of a simulation, wrongly where the script says so", async () => {
    await using server = await startScriptedServer({
      project: project.root,
      respond: ({ path }) => (path === "/level-2.pak" ? { status: 404 } : undefined),
    });
    await using simulator = await createSimulator({ project: project.root, host: "worker", server });
    const { downloads } = await simulator.dispatch({ kind: "install" });
    expect(downloads.map(({ identifier, status }) => `${identifier} ${status}`)).toEqual([
      "essential/core.pak finished",
      "level-1.pak finished",
      "level-2.pak failed",
    ]);
    expect(server.requests.map(({ host, path }) => `${host}${path}`)).toEqual(
      ["manifest.json", "essential/core.pak", "level-1.pak", "level-2.pak"].map((path) => `assets.example.com/${path}`),
    );
  });

  it("passes on what the project's own server answers: ranges, tags, statuses, passwords", async () => {
    await project.write(
      "ba.config.ts",
      plainConfig.replace(
        "infoPlist:",
        'simulate: { server: { basicAuthentication: { user: "u", password: "p" } } },\n infoPlist:',
      ),
    );
    await using server = await startScriptedServer({ project: project.root, respond: () => undefined });
    expect(await ask(server, "/level-1.pak")).toMatchObject({ status: 401, headers: { "www-authenticate": /Basic/ } });
    const authorization = `Basic ${Buffer.from("u:p").toString("base64")}`;
    const whole = await ask(server, "/level-1.pak", { authorization });
    expect(whole).toMatchObject({ status: 200, headers: { "content-length": "50000" } });
    const range = { authorization, range: "bytes=6-8", "if-range": whole.headers.etag ?? "" };
    expect(await ask(server, "/level-1.pak", range)).toMatchObject({
      status: 206,
      headers: { "content-range": "bytes 6-8/50000" },
      body: "one",
    });
    expect((await ask(server, "/missing", { authorization })).status).toBe(404);
  });

  it("serves another folder of assets, read anew for each request", async () => {
    await project.write("next/level-9.pak", "nine");
    await using server = await startScriptedServer({ project: project.root, assets: "next", respond: () => undefined });
    expect((await ask(server, "/level-9.pak")).body).toBe("nine");
    expect((await ask(server, "/level-1.pak")).status).toBe(404);
    await project.write("next/level-9.pak", "more than nine");
    expect((await ask(server, "/level-9.pak")).body).toBe("more than nine");
  });

  it("says what the script left out, where the project has no assets", async () => {
    await using server = await startScriptedServer({
      project: project.root,
      assets: "nowhere",
      respond: ({ path }) => (path === "/manifest.json" ? { body: "{}" } : undefined),
    });
    expect(await ask(server, "/manifest.json")).toMatchObject({ status: 200, body: "{}" });
    expect(await ask(server, "/level-1.pak")).toMatchObject({
      status: 404,
      body: "respond() gave no answer for /level-1.pak, and the project has no assets to serve.\n",
    });
  });

  it("has a certificate for every host of the project, and for no other", async () => {
    await project.write(
      "ba.config.ts",
      plainConfig.replace("infoPlist:", 'simulate: { server: { hosts: ["cdn.example.org"] } },\n infoPlist:'),
    );
    await using server = await startScriptedServer({ project: project.root, respond: () => ({ body: "x" }) });
    expect(server.hosts).toEqual(["assets.example.com", "cdn.example.org"]);
    const trust = async (servername: string): Promise<unknown> => {
      const sent = request({ host: "127.0.0.1", port: server.port, ca: server.ca, servername, agent: false }).end();
      try {
        await once(sent, "response");
        return "trusted";
      } catch (error) {
        return (error as { code?: string }).code;
      } finally {
        sent.destroy();
      }
    };
    expect(await trust("cdn.example.org")).toBe("trusted");
    expect(await trust("cdn.example.net")).toBe("ERR_TLS_CERT_ALTNAME_INVALID");
  });

  it("is silent after its end, which may come twice", async () => {
    const server = await startScriptedServer({ project: project.root, respond: () => ({ after: "stall" }) });
    const sent = request({ host: "127.0.0.1", port: server.port, ca: server.ca, agent: false }).end();
    await once(sent, "response");
    await server.dispose();
    await server.dispose();
    await expect(ask(server, "/")).rejects.toMatchObject({ code: "ECONNREFUSED" });
  });
});

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { temporaryFolder } from "../test-guest.js";
import { defaultPrefixes, defaultReleases, findHeaders } from "./headers.js";

const archive = `node-${process.version}-headers.tar.gz`;

function writeHeaders(prefix: string, version: string): string {
  const folder = join(prefix, "include/node");
  mkdirSync(folder, { recursive: true });
  const names = ["MAJOR", "MINOR", "PATCH"];
  const lines = version
    .slice(1)
    .split(".")
    .map((part, index) => `#define NODE_${names[index]}_VERSION ${part}\n`);
  writeFileSync(join(folder, "node_version.h"), lines.join(""));
  return folder;
}

/** A release server on loopback that knows one archive. */
async function startReleases(sum?: string): Promise<{ url: string; requests: string[] }> {
  const folder = temporaryFolder();
  writeHeaders(join(folder, `node-${process.version}`), process.version);
  execFileSync("tar", ["-czf", archive, `node-${process.version}`], { cwd: folder });
  const bytes = readFileSync(join(folder, archive));
  const actual = createHash("sha256").update(bytes).digest("hex");
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(request.url ?? "");
    if (request.url === `/dist/${process.version}/${archive}`) response.end(bytes);
    else if (request.url === `/dist/${process.version}/SHASUMS256.txt`)
      response.end(`${"0".repeat(64)}  other.tar.gz\n${sum ?? actual}  ${archive}\n`);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/dist`, requests };
}

describe("the headers of the running Node", () => {
  it("are taken from the first prefix that has its very version", async () => {
    const folder = temporaryFolder();
    writeHeaders(join(folder, "old"), "v18.0.0");
    const right = writeHeaders(join(folder, "right"), process.version);
    const found = await findHeaders({
      cache: join(folder, "cache"),
      releases: "http://127.0.0.1:9/unused",
      prefixes: [join(folder, "absent"), join(folder, "old"), join(folder, "right")],
      report() {},
    });
    expect(found).toBe(right);
  });

  it("are fetched once, checked, and kept", async () => {
    const { url, requests } = await startReleases();
    const cache = join(temporaryFolder(), "headers");
    const lines: string[] = [];
    const options = { cache, releases: url, prefixes: [], report: (line: string) => void lines.push(line) };
    const found = await findHeaders(options);
    expect(existsSync(join(found, "node_version.h"))).toBe(true);
    expect(await findHeaders(options)).toBe(found);
    expect(requests).toHaveLength(2);
    expect(lines).toEqual([`Fetching the C++ headers of Node ${process.version} (first use only)…`]);
    expect(readdirSync(cache)).toEqual([`node-${process.version}`]);
  });

  it("are fetched by two at once", async () => {
    const { url } = await startReleases();
    const options = { cache: join(temporaryFolder(), "headers"), releases: url, prefixes: [], report() {} };
    const [first, second] = await Promise.all([findHeaders(options), findHeaders(options)]);
    expect(first).toBe(second);
    expect(readdirSync(options.cache)).toEqual([`node-${process.version}`]);
  });

  it("are refused when their sum is another", async () => {
    const { url } = await startReleases("1".repeat(64));
    const cache = join(temporaryFolder(), "headers");
    await expect(findHeaders({ cache, releases: url, prefixes: [], report() {} })).rejects.toThrow(
      /SHA-256 [0-9a-f]{64}, but SHASUMS256.txt says 1{64}/,
    );
    expect(existsSync(cache)).toBe(false);
  });

  it("name the way out when they cannot be fetched", async () => {
    const options = { cache: temporaryFolder(), releases: "http://127.0.0.1:9/dist", prefixes: [], report() {} };
    await expect(findHeaders(options)).rejects.toThrow(/could not be fetched. Set npm_config_nodedir/);
  });

  it("may be where npm was told, and come from where a mirror is named", async () => {
    expect((await defaultPrefixes({ npm_config_nodedir: "/opt/node" }))[0]).toBe("/opt/node");
    expect(defaultReleases({ NVM_NODEJS_ORG_MIRROR: "https://mirror.example/dist/" })).toBe(
      "https://mirror.example/dist",
    );
    expect(defaultReleases({})).toBe("https://nodejs.org/dist");
  });
});

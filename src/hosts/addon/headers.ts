import { createHash } from "node:crypto";
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, realpath, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

export interface HeaderOptions {
  /** Absolute path of the cache for headers that had to be fetched. */
  readonly cache: string;
  /** Where Node's releases are; for mirrors. */
  readonly releases: string;
  /** Folders that may hold `include/node`, best first. */
  readonly prefixes: readonly string[];
  report(line: string): void;
}

/** Where releases come from: the variable that nvm and cmake-js use too, else Node itself says. */
export function defaultReleases(env: NodeJS.ProcessEnv = process.env): string {
  return (env["NVM_NODEJS_ORG_MIRROR"] ?? "https://nodejs.org/dist").replace(/\/$/, "");
}

/** Where the running Node's own headers may be: what npm was told, what Node was built with, beside its program. */
export async function defaultPrefixes(env: NodeJS.ProcessEnv = process.env): Promise<string[]> {
  const { nodedir } = process.config.variables as { readonly nodedir?: unknown };
  const candidates = [
    env["npm_config_nodedir"],
    nodedir,
    dirname(dirname(process.execPath)),
    dirname(dirname(await realpath(process.execPath))),
  ];
  return [...new Set(candidates.filter((value): value is string => typeof value === "string" && value !== ""))];
}

/** The folder with `node.h` of the running Node: found, or fetched into the cache once. */
export async function findHeaders(options: HeaderOptions): Promise<string> {
  const fetched = join(options.cache, `node-${process.version}`);
  for (const prefix of [...options.prefixes, fetched]) {
    const folder = join(prefix, "include/node");
    if ((await versionOf(folder)) === process.version) return folder;
  }
  await fetchHeaders(fetched, options);
  return join(fetched, "include/node");
}

/** Headers of another version would compile, and crash. */
async function versionOf(folder: string): Promise<string | undefined> {
  const text = await readFile(join(folder, "node_version.h"), "utf8").catch(() => "");
  const parts = ["MAJOR", "MINOR", "PATCH"].map(
    (part) => new RegExp(`#define NODE_${part}_VERSION (\\d+)`).exec(text)?.[1],
  );
  return parts.includes(undefined) ? undefined : `v${parts.join(".")}`;
}

async function fetchHeaders(target: string, { releases, cache, report }: HeaderOptions): Promise<void> {
  const archive = `node-${process.version}-headers.tar.gz`;
  const release = `${releases}/${process.version}`;
  report(`Fetching the C++ headers of Node ${process.version} (first use only)…`);
  const [sums, bytes] = await Promise.all([download(`${release}/SHASUMS256.txt`), download(`${release}/${archive}`)]);
  const expected = sums
    .toString("utf8")
    .split("\n")
    .find((line) => line.endsWith(`  ${archive}`))
    ?.slice(0, 64);
  const actual = createHash("sha256").update(bytes).digest("hex");
  if (expected !== actual) {
    throw new Error(
      `${release}/${archive} has the SHA-256 ${actual}, but SHASUMS256.txt says ${expected ?? "nothing about it"}.`,
    );
  }
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, ".fetch-"));
  try {
    await writeFile(join(folder, archive), bytes);
    await run("tar", ["-xzf", archive, "--strip-components=1"], { cwd: folder });
    await rm(join(folder, archive));
    await rename(folder, target).catch(async (error: unknown) => {
      // Another process fetched the same meanwhile.
      if ((await versionOf(join(target, "include/node"))) !== process.version) throw error;
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function download(url: string): Promise<Buffer> {
  const response = await fetch(url).catch((cause: unknown) => {
    throw new Error(
      `${url} could not be fetched. Set npm_config_nodedir to a folder with include/node of Node ${process.version}.`,
      { cause },
    );
  });
  if (!response.ok) throw new Error(`${url} answered with status ${response.status}.`);
  return Buffer.from(await response.arrayBuffer());
}

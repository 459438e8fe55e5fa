/** Extension processes of the host `swift` with handlers of `fixtures/`, and messages to them. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { buildBundle } from "../../src/build/index.js";
import type { LoadedConfig } from "../../src/config/index.js";
import { swiftExtension } from "../../src/hosts/swift/program.js";
import type { SystemMessage } from "../../src/protocol/system.js";
import type { Mode } from "../../src/protocol/values.js";
import type { DownloadError, DownloadRecord } from "../../src/sdk/index.js";
import { requireOrSkip } from "../../test/skip.js";
import { ExtensionProgram, launchFrame, type LaunchOptions } from "./extension-program.js";
import { hasSwift } from "./swift-build.js";

export const skip = requireOrSkip(await hasSwift(), "Swift and libnode", "scripts/linux-toolchain setup");
const fixtures = join(import.meta.dirname, "fixtures");

/** A process with what belongs to its test. */
export interface Started {
  readonly program: ExtensionProgram;
  /** A folder that goes with the test. */
  readonly folder: string;
  /** In that folder. */
  readonly container: string;
}

/** A process, which has said nothing yet. */
export async function start(mode: Mode = "unmanaged"): Promise<Started> {
  const { command } = await swiftExtension(mode);
  const folder = temporaryFolder();
  const container = join(folder, "container");
  mkdirSync(container);
  return { program: new ExtensionProgram(command), folder, container };
}

/** A process whose extension has been made. */
export async function launched(options: Partial<LaunchOptions> = {}): Promise<Started> {
  const { mode = "unmanaged" } = options;
  const started = await start(mode);
  const { program, container } = started;
  await program.launch(launchFrame({ bundlePath: await handlerBundle(mode), container, ...options }));
  return started;
}

/** Absolute path of the bundle of a mode's handler, which goes with the test. */
export async function handlerBundle(mode: Mode = "unmanaged"): Promise<string> {
  const config = {
    mode,
    entry: mode === "unmanaged" ? "unmanaged.ts" : "managed.ts",
    bundleIdentifier: "com.example.game",
    applicationGroupIdentifier: "group.com.example.game",
    infoPlist: { app: { BAManifestURL: "https://assets.example.com/manifest.json" } },
  };
  // A configuration file can name the first mode only so far; the build knows them all.
  const loaded = { root: fixtures, file: join(fixtures, "ba.config.ts"), config } as LoadedConfig;
  return (await buildBundle(loaded, { outDirectory: temporaryFolder() })).path;
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "ba-process-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A content request whose manifest asks for this. */
export function request({ folder }: Started, manifest: object = {}, rawValue = 1): SystemMessage {
  const manifestPath = join(folder, "manifest ä.json");
  writeFileSync(manifestPath, JSON.stringify(manifest));
  const extensionInfo = { restrictedDownloadSizeRemaining: 0, restrictedEssentialDownloadSizeRemaining: null };
  return { kind: "contentRequest", rawValue, manifestPath, extensionInfo };
}

export const record = (identifier: string, changes: Partial<DownloadRecord> = {}): DownloadRecord => ({
  kind: "url",
  identifier,
  uniqueIdentifier: `unique-${identifier}`,
  essential: false,
  priority: "default",
  state: "finished",
  ...changes,
});

export function finished({ folder }: Started, identifier: string): SystemMessage {
  const path = join(folder, identifier);
  writeFileSync(path, `content of ${identifier}`);
  return { kind: "downloadFinished", download: record(identifier), path };
}

export const timedOut: DownloadError = {
  domain: "NSURLErrorDomain",
  code: -1001,
  name: "timedOut",
  message: "The request timed out.",
  underlying: {
    domain: "NSPOSIXErrorDomain",
    code: 60,
    name: "ETIMEDOUT",
    message: "Operation timed out",
    underlying: null,
    userInfo: {},
  },
  userInfo: { NSURLErrorFailingURLStringErrorKey: "https://assets.example.com/a", attempts: 2, last: true },
};

export const failed = (identifier: string, changes: Partial<DownloadRecord> = {}): SystemMessage => ({
  kind: "downloadFailed",
  download: record(identifier, { state: "failed", ...changes }),
  error: timedOut,
});

export const challenge = (identifier: string, kind: DownloadRecord["kind"] = "manifest"): SystemMessage => ({
  kind: "challenge",
  challenge: {
    protectionSpace: {
      host: "assets.example.com",
      port: 443,
      protocol: "https",
      realm: "members",
      method: "httpBasic",
      rawMethod: "NSURLAuthenticationMethodHTTPBasic",
      isProxy: false,
      receivesCredentialSecurely: true,
    },
    previousFailureCount: 1,
  },
  download: record(identifier, { kind, state: "waiting" }),
});

export const pack = (id: string): SystemMessage => ({
  kind: "shouldDownload",
  assetPack: { id, version: 3, downloadSize: 9, language: null, userInfo: '{"level":1}', description: `Pack ${id}` },
});

/** What the handler told, as JSON. */
export const told = ({ program }: Started): unknown[] =>
  program.passed.flatMap((frame) =>
    frame.kind === "log" && frame.entry.source === "handler" ? [JSON.parse(frame.entry.message) as unknown] : [],
  );

import { randomUUID } from "node:crypto";
import type { SystemMessage } from "../protocol/system.js";
import type { DownloadRecord } from "../sdk/index.js";

/** A file of the project that a sample can be about. */
export interface SampleAsset {
  /** Relative to the folder of assets, with `/`. */
  readonly identifier: string;
  /** Absolute. */
  readonly path: string;
}

export interface SampleSources {
  /** Host of the assets. */
  readonly host: string;
  readonly asset: SampleAsset;
  /** Writes the project's manifest and gives its absolute path. */
  writeManifest(): Promise<string>;
}

/** What `ba-extension event` can print. */
export const sampleKinds = ["content-request", "challenge", "download-failed", "download-finished"] as const;
export type SampleKind = (typeof sampleKinds)[number];

/** A message that the system could send about this project. */
export async function sampleMessage(kind: SampleKind, sources: SampleSources): Promise<SystemMessage> {
  switch (kind) {
    case "content-request":
      return {
        kind: "contentRequest",
        rawValue: 1,
        manifestPath: await sources.writeManifest(),
        extensionInfo: { restrictedDownloadSizeRemaining: null, restrictedEssentialDownloadSizeRemaining: null },
      };
    case "challenge":
      return {
        kind: "challenge",
        challenge: {
          protectionSpace: {
            host: sources.host,
            port: 443,
            protocol: "https",
            realm: "assets",
            method: "httpBasic",
            rawMethod: "NSURLAuthenticationMethodHTTPBasic",
            isProxy: false,
            receivesCredentialSecurely: true,
          },
          previousFailureCount: 0,
        },
        download: download(sources, "downloading"),
      };
    case "download-failed":
      return {
        kind: "downloadFailed",
        download: download(sources, "failed"),
        error: {
          domain: "NSURLErrorDomain",
          code: -1001,
          name: "timedOut",
          message: "The request timed out.",
          underlying: null,
          userInfo: {},
        },
      };
    case "download-finished":
      return { kind: "downloadFinished", download: download(sources, "finished"), path: sources.asset.path };
  }
}

function download({ asset }: SampleSources, state: DownloadRecord["state"]): DownloadRecord {
  return {
    kind: "url",
    identifier: asset.identifier,
    uniqueIdentifier: randomUUID().toUpperCase(),
    essential: asset.identifier.startsWith("essential/"),
    priority: "default",
    state,
  };
}

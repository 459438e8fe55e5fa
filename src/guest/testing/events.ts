import type { GuestEvent } from "../../protocol/guest.js";
import type { DownloadRecord } from "../../sdk/download.js";

type EventOf<Kind extends GuestEvent["kind"]> = Extract<GuestEvent, { kind: Kind }>;

export const download: DownloadRecord = {
  kind: "url",
  identifier: "level-1",
  uniqueIdentifier: "6F1A2B3C-0000-4000-8000-000000000001",
  essential: false,
  priority: "default",
  state: "finished",
};

export const contentRequest = (changes: Partial<EventOf<"downloads">> = {}): EventOf<"downloads"> => ({
  kind: "downloads",
  contentRequest: "install",
  contentRequestRawValue: 1,
  essentialAllowed: true,
  manifest: { path: "/nowhere", size: 0, token: "manifest" },
  info: { restrictedDownloadSizeRemaining: 1_000, restrictedEssentialDownloadSizeRemaining: null },
  ...changes,
});

export const finished = (path = "/nowhere", size = 0): EventOf<"downloadFinished"> => ({
  kind: "downloadFinished",
  download,
  file: { path, size, token: "token-1", attempt: 2 },
});

export const failed: EventOf<"downloadFailed"> = {
  kind: "downloadFailed",
  download,
  error: {
    domain: "BAErrorDomain",
    code: 112,
    name: "downloadWouldExceedAllowance",
    message: "",
    underlying: null,
    userInfo: {},
  },
};

/** `userInfo`: JSON, as text. */
export const shouldDownload = (userInfo: string | null = null): EventOf<"shouldDownload"> => ({
  kind: "shouldDownload",
  assetPack: {
    id: "level-1",
    version: 3,
    downloadSize: 5_000_000_000,
    language: "pt-BR",
    userInfo,
    description: "AssetPack(id: level-1)",
  },
});

export const challenge: EventOf<"didReceiveChallenge"> = {
  kind: "didReceiveChallenge",
  download,
  challenge: {
    protectionSpace: {
      host: "assets.example.com",
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
};

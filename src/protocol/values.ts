/**
 * The values that both message sets carry. Types come from `sdk/`, which imports nothing: each schema is
 * checked against its type with `satisfies`, so the two cannot drift apart.
 */
import { z } from "zod";
import type { AuthenticationChallenge, ChallengeAnswer, DownloadError, DownloadRecord } from "../sdk/index.js";

/** A count of bytes or milliseconds: exact, never a rounded float. */
export const count = z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER);

/** Unknown fields are tolerated and dropped: an older side can talk to a newer one. */
export const priority = z.enum(["min", "default", "max"]);

export const download = z.object({
  kind: z.enum(["url", "manifest", "other"]),
  identifier: z.string(),
  uniqueIdentifier: z.string(),
  essential: z.boolean(),
  priority,
  state: z.enum(["failed", "created", "waiting", "downloading", "finished"]),
}) satisfies z.ZodType<DownloadRecord>;

/** `NSError`. */
export const downloadError: z.ZodType<DownloadError> = z.object({
  domain: z.string(),
  code: z.number().int(),
  name: z.string().nullable(),
  message: z.string(),
  get underlying() {
    return downloadError.nullable();
  },
  userInfo: z.record(z.string(), z.unknown()),
});

export const challenge = z.object({
  protectionSpace: z.object({
    host: z.string(),
    port: z.number().int(),
    protocol: z.string(),
    realm: z.string().nullable(),
    method: z.enum(["httpBasic", "httpDigest", "ntlm", "negotiate", "serverTrust", "clientCertificate", "unknown"]),
    rawMethod: z.string(),
    isProxy: z.boolean(),
    receivesCredentialSecurely: z.boolean(),
  }),
  previousFailureCount: count,
}) satisfies z.ZodType<AuthenticationChallenge>;

export const challengeAnswer = z.discriminatedUnion("disposition", [
  z.object({
    disposition: z.literal("useCredential"),
    credential: z.object({
      user: z.string(),
      password: z.string(),
      persistence: z.enum(["none", "forSession", "permanent"]),
    }),
  }),
  z.object({ disposition: z.enum(["performDefaultHandling", "cancelChallenge", "rejectProtectionSpace"]) }),
]) satisfies z.ZodType<ChallengeAnswer>;

/** `AssetPack`. */
export const assetPack = z.object({
  id: z.string(),
  version: z.number().int(),
  /** Bytes of the compressed download. */
  downloadSize: count,
  /** BCP 47; `null` for a pack that is not localized. */
  language: z.string().nullable(),
  /** JSON of the developer's, as text; `null` where there is none, which is so for packs that Apple hosts. */
  userInfo: z.string().nullable(),
  description: z.string(),
});
export type AssetPackMessage = z.infer<typeof assetPack>;

/** `URLRequest` as it travels. */
export const request = z.object({
  url: z.string(),
  method: z.string().optional(),
  headers: z.record(z.string(), z.string()).optional(),
  cachePolicy: z.string().optional(),
  timeoutInterval: count.optional(),
  allowsCellularAccess: z.boolean().optional(),
  allowsConstrainedNetworkAccess: z.boolean().optional(),
  allowsExpensiveNetworkAccess: z.boolean().optional(),
});

/** A `BAURLDownload` to schedule. */
export const urlDownload = z.object({
  identifier: z.string(),
  request,
  fileSize: count,
  essential: z.boolean(),
  priority,
  applicationGroupIdentifier: z.string().optional(),
});
export type URLDownloadMessage = z.infer<typeof urlDownload>;

/** `BAAppExtensionInfo`: bytes, `null` for unrestricted. */
export const extensionInfo = z.object({
  restrictedDownloadSizeRemaining: count.nullable(),
  restrictedEssentialDownloadSizeRemaining: count.nullable(),
});

/** Which of Apple's protocols the extension adopts. */
export const mode = z.enum(["unmanaged", "managed", "store"]);
export type Mode = z.infer<typeof mode>;

export const platform = z.enum(["macOS", "iOS", "tvOS", "visionOS"]);

/** What a handler can ask about where it runs. */
export const environment = z.object({ platform, osVersion: z.string(), locale: z.string() });

/** The property lists that a handler can read. */
export const bundle = z.object({
  infoDictionary: z.record(z.string(), z.unknown()),
  appInfoDictionary: z.record(z.string(), z.unknown()),
});

export const logLevel = z.enum(["debug", "info", "default", "error", "fault"]);

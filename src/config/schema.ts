/**
 * The rules of a configuration. Messages finish the sentence "`simulate.locale` …", so that every problem reads alike.
 */
import { z } from "zod";
import type { AppInfoPlist, AssetServerConfig, Config, Deadlines, Limits, Policies, SimulateConfig } from "./types.js";

/** A schema for each declared key of a type: a key too many or too few does not compile. */
type Shape<T> = { [Key in keyof T as string extends Key ? never : Key]-?: z.ZodType<T[Key]> };

const isURL = (text: string, holds: (url: URL) => boolean): boolean => URL.canParse(text) && holds(new URL(text));
const dnsName = /^(?=.{1,253}$)[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?)*$/i;
/** Whether a text is a BCP 47 language tag. */
export const isLocale = (tag: string): boolean => {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
};

const text = z.string().min(1, "must not be empty");
const bytes = z.number().int("must be a whole number of bytes").nonnegative("must not be negative");
const milliseconds = z.number().int("must be a whole number of milliseconds").positive("must be more than 0");
const propertyList = z.record(z.string(), z.unknown());

const manifestURL = z.string().refine((url) => isURL(url, ({ protocol }) => protocol === "https:"), {
  error: "must be an https: URL; the system loads the manifest over HTTPS only",
});

const allowedHost = z.string().refine((host) => dnsName.test(host.replace(/^\*\./, "")), {
  error:
    "must be a DNS name such as `assets.example.com`, or `*.example.com` for every host below it; no scheme, port or path",
});

const appInfoPlist = z.looseObject({
  BAManifestURL: manifestURL,
  BAInitialDownloadRestrictions: z
    .strictObject({
      BADownloadAllowance: bytes.exactOptional(),
      BAEssentialDownloadAllowance: bytes.exactOptional(),
      BADownloadDomainAllowList: z.array(allowedHost).exactOptional(),
    } satisfies Shape<NonNullable<AppInfoPlist["BAInitialDownloadRestrictions"]>>)
    .exactOptional(),
  BAEssentialMaxInstallSize: bytes.exactOptional(),
  BAMaxInstallSize: bytes.exactOptional(),
} satisfies Shape<AppInfoPlist>);

const assetServer = z.strictObject({
  directory: text.exactOptional(),
  hosts: z
    .array(
      z.string().regex(dnsName, "must be a DNS name such as `assets.example.com`; no scheme, port, path or wildcard"),
    )
    .exactOptional(),
  basicAuthentication: z
    .strictObject({ realm: z.string().exactOptional(), user: z.string(), password: z.string() })
    .exactOptional(),
  bytesPerSecond: z.number().positive("must be more than 0").exactOptional(),
} satisfies Shape<AssetServerConfig>);

const serverOrigin = z
  .string()
  .refine(
    (url) => isURL(url, ({ protocol, pathname, search }) => protocol === "https:" && pathname === "/" && search === ""),
    {
      error: "must be the https: origin of a server, such as `https://127.0.0.1:8443`",
    },
  );

/** Stays the very function: a schema of zod's own for functions would wrap it. */
const nativeFunction = z.custom<(...args: never) => unknown>(
  (value) => typeof value === "function",
  "must be a function",
);

const simulate = z.strictObject({
  platform: z.enum(["macOS", "iOS"]).exactOptional(),
  osVersion: z
    .string()
    .regex(/^\d+(?:\.\d+){0,2}$/, 'must be a version such as "26.1"')
    .exactOptional(),
  locale: z.string().refine(isLocale, 'must be a BCP 47 language tag such as "en-US"').exactOptional(),
  server: z.union([serverOrigin, assetServer]).exactOptional(),
  certificateAuthority: text.exactOptional(),
  nativeFunctions: z.record(z.string(), nativeFunction).exactOptional(),
} satisfies Shape<SimulateConfig>);

const deadlines = z.strictObject({
  load: milliseconds.exactOptional(),
  downloads: milliseconds.exactOptional(),
  didReceiveChallenge: milliseconds.exactOptional(),
  downloadFailed: milliseconds.exactOptional(),
  downloadFinished: milliseconds.exactOptional(),
  extensionWillTerminate: milliseconds.exactOptional(),
  shouldDownload: milliseconds.exactOptional(),
} satisfies Shape<Partial<Deadlines>>);

export const configSchema = z.strictObject({
  entry: text.exactOptional(),
  mode: z.enum(["unmanaged"]).exactOptional(),
  bundleIdentifier: z
    .string()
    .regex(
      /^[a-z\d-]+(?:\.[a-z\d-]+)+$/i,
      "must be a reverse-DNS name such as `com.example.game`: letters, digits, `-` and `.`",
    ),
  applicationGroupIdentifier: z
    .string()
    .regex(
      /^(?:group|[A-Z\d]{10})(?:\.[A-Za-z\d-]+)+$/,
      "must be `group.` or a team identifier of ten characters and a dot, followed by a name, such as `group.com.example.game`",
    ),
  infoPlist: z.strictObject({ app: appInfoPlist, extension: propertyList.exactOptional() } satisfies Shape<
    Config["infoPlist"]
  >),
  simulate: simulate.exactOptional(),
  deadlines: deadlines.exactOptional(),
  limits: z
    .strictObject({
      heapMegabytes: z
        .number()
        .int("must be a whole number of MiB")
        .min(16, "must be 16 or more: the engine does not start with less")
        .exactOptional(),
    } satisfies Shape<Limits>)
    .exactOptional(),
  policies: z
    .strictObject({
      downloads: z.enum(["discard", "keep"]).exactOptional(),
      didReceiveChallenge: z
        .enum(["performDefaultHandling", "cancelChallenge", "rejectProtectionSpace"])
        .exactOptional(),
      shouldDownload: z.boolean().exactOptional(),
    } satisfies Shape<Partial<Policies>>)
    .exactOptional(),
} satisfies Shape<Config>) satisfies z.ZodType<Config>;

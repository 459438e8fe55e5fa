import type { NativeFunctions, PropertyList } from "../sdk/index.js";

/** What `ba.config.ts` exports, through `defineConfig`. */
export interface Config {
  /** The handler, relative to the config file. Defaults to `src/handler.ts`. */
  readonly entry?: string;
  /** Which of Apple's protocols the extension adopts. Defaults to `"unmanaged"` (`BADownloaderExtension`). */
  readonly mode?: "unmanaged";
  /** Bundle identifier of the app; the extension's is this plus `.downloader`. */
  readonly bundleIdentifier: string;
  /** App group shared by app and extension, `group.…` (iOS) or `<team>.…` (macOS). */
  readonly applicationGroupIdentifier: string;
  /** Keys merged into the generated `Info.plist` files; `bundle()` shows them to the handler. */
  readonly infoPlist: {
    /** Background Assets' keys belong to the app. */
    readonly app: AppInfoPlist;
    readonly extension?: PropertyList;
  };
  readonly simulate?: SimulateConfig;
  /** How long the handler may take, in milliseconds; loading it has a deadline of its own. */
  readonly deadlines?: Partial<Deadlines>;
  readonly limits?: Limits;
  /** What the system is answered when the handler fails: throws, times out, or its engine dies. */
  readonly policies?: Partial<Policies>;
}

/** The app's `Info.plist` keys of Background Assets, and any other. */
export interface AppInfoPlist {
  /** The manifest that the system loads before it wakes the extension; https. Its format is yours. */
  readonly BAManifestURL: string;
  /** Enforced until the app's first launch. */
  readonly BAInitialDownloadRestrictions?: {
    /** Bytes of non-essential downloads. */
    readonly BADownloadAllowance?: number;
    /** Bytes of essential downloads. */
    readonly BAEssentialDownloadAllowance?: number;
    /** Hosts; `*.example.com` matches every host below example.com. */
    readonly BADownloadDomainAllowList?: readonly string[];
  };
  readonly BAEssentialMaxInstallSize?: number;
  readonly BAMaxInstallSize?: number;
  readonly [key: string]: unknown;
}

/** What the simulated system is like. */
export interface SimulateConfig {
  /** Defaults to `"macOS"`. */
  readonly platform?: "macOS" | "iOS";
  /** Defaults to `"26.1"`. */
  readonly osVersion?: string;
  /** BCP 47. Defaults to `"en-US"`. */
  readonly locale?: string;
  /**
   * The assets, served over HTTPS under the production URLs: the host of `BAManifestURL`, those that
   * `BADownloadDomainAllowList` names without a wildcard, and `hosts` lead here. A string is the origin of a server of
   * yours (`https://127.0.0.1:8443`) that plays those hosts instead; its certificate must be for its own name.
   */
  readonly server?: string | AssetServerConfig;
  /** Roots to trust for a server of yours: a PEM file, relative to the config file. Defaults to those of Node. */
  readonly certificateAuthority?: string;
  /**
   * Plays the functions that the app's Swift registers for `native.call`, by their names in `NativeFunctions`. They run in
   * the simulator's process, may take their time, and get the one argument of the call as JSON carries it. A function that
   * throws rejects the call with `BA_NATIVE_FAILED`; one that is missing here, with `BA_NATIVE_UNKNOWN`.
   */
  readonly nativeFunctions?: { readonly [Name in keyof NativeFunctions]?: PlayedFunction<NativeFunctions[Name]> };
}

/** The same function, or one that promises the result. */
type PlayedFunction<Native> = Native extends (...args: infer Arguments) => infer Result
  ? (...args: Arguments) => Awaited<Result> | Promise<Awaited<Result>>
  : never;

export interface AssetServerConfig {
  /** Folder, relative to the config file. Defaults to `assets`. */
  readonly directory?: string;
  /** More hosts that the server plays. */
  readonly hosts?: readonly string[];
  /** Asks for HTTP Basic authentication. */
  readonly basicAuthentication?: { readonly realm?: string; readonly user: string; readonly password: string };
  /** Throttles each answer; no limit by default. */
  readonly bytesPerSecond?: number;
}

export interface Deadlines {
  /** Loading the bundle. Defaults to 5,000. */
  readonly load: number;
  /** Defaults to 20,000. */
  readonly downloads: number;
  /** Defaults to 10,000. */
  readonly didReceiveChallenge: number;
  /** Defaults to 20,000. */
  readonly downloadFailed: number;
  /** Defaults to 20,000. */
  readonly downloadFinished: number;
  /** Defaults to 1,000. */
  readonly extensionWillTerminate: number;
  /** Defaults to 5,000. */
  readonly shouldDownload: number;
}

export interface Policies {
  /**
   * Of a `downloads` that fails after it has yielded some: `"discard"` them, so that the answer is empty, or `"keep"` them
   * as the answer. Either way the failure is an error of the report. Defaults to `"discard"`.
   */
  readonly downloads: "discard" | "keep";
  /** The disposition of a challenge that the handler fails to answer. Defaults to `"performDefaultHandling"`. */
  readonly didReceiveChallenge: "performDefaultHandling" | "cancelChallenge" | "rejectProtectionSpace";
  /** The answer about an asset pack that the handler fails to give. Defaults to `true`. */
  readonly shouldDownload: boolean;
}

export interface Limits {
  /** JavaScript heap in MiB. Defaults to 64. */
  readonly heapMegabytes?: number;
}

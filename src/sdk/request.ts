/**
 * The URL of a request. Background Assets loads over HTTPS only (`BAURLDownload.h`), so a literal that starts
 * with `http://` is a type error; a `string` whose value is not known is checked when the handler runs.
 */
export type SecureURL<URL extends string> = URL extends `http://${string}` ? `https://${string}` : URL;

/** `URLRequest.CachePolicy`. */
export type CachePolicy =
  | "useProtocolCachePolicy"
  | "reloadIgnoringLocalCacheData"
  | "reloadIgnoringLocalAndRemoteCacheData"
  | "reloadRevalidatingCacheData"
  | "returnCacheDataElseLoad"
  | "returnCacheDataDontLoad";

/** The parts of Foundation's `URLRequest` that a background download can use. */
export interface URLRequest<URL extends string = string> {
  readonly url: SecureURL<URL>;
  /** Defaults to `"GET"`. */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly cachePolicy?: CachePolicy;
  /** Milliseconds without progress after which the transfer fails. */
  readonly timeoutInterval?: number;
  readonly allowsCellularAccess?: boolean;
  readonly allowsConstrainedNetworkAccess?: boolean;
  readonly allowsExpensiveNetworkAccess?: boolean;
}

import type { Download } from "./download.js";

/** `NSURLAuthenticationMethod…`, shortened. Unknown methods arrive as `"unknown"` with `rawMethod`. */
export type AuthenticationMethod =
  | "httpBasic"
  | "httpDigest"
  | "ntlm"
  | "negotiate"
  | "serverTrust"
  | "clientCertificate"
  | "unknown";

/** `URLProtectionSpace`. */
export interface ProtectionSpace {
  readonly host: string;
  readonly port: number;
  readonly protocol: string;
  readonly realm: string | null;
  readonly method: AuthenticationMethod;
  readonly rawMethod: string;
  readonly isProxy: boolean;
  readonly receivesCredentialSecurely: boolean;
}

/** `URLAuthenticationChallenge`. */
export interface AuthenticationChallenge {
  readonly protectionSpace: ProtectionSpace;
  /** How often an answer was refused for this request so far. */
  readonly previousFailureCount: number;
}

/** How long the system may keep a credential (`URLCredential.Persistence`). */
export type CredentialPersistence = "none" | "forSession" | "permanent";

/** A user name and a password. */
export interface PasswordCredential {
  readonly user: string;
  readonly password: string;
  /** Defaults to `"forSession"`. */
  readonly persistence?: CredentialPersistence;
}

/** An answer to a challenge: `URLSession.AuthChallengeDisposition` and, for `useCredential`, the credential. */
export type ChallengeAnswer =
  | { readonly disposition: "useCredential"; readonly credential: Required<PasswordCredential> }
  | { readonly disposition: "performDefaultHandling" | "cancelChallenge" | "rejectProtectionSpace" };

/** Answers with a user name and a password. They never reach a log or a report. */
export function useCredential(credential: PasswordCredential): ChallengeAnswer {
  return { disposition: "useCredential", credential: { persistence: "forSession", ...credential } };
}

/** Answers as if the handler had no `didReceiveChallenge`. */
export function performDefaultHandling(): ChallengeAnswer {
  return { disposition: "performDefaultHandling" };
}

/** Cancels the whole request: the download fails. */
export function cancelChallenge(): ChallengeAnswer {
  return { disposition: "cancelChallenge" };
}

/** Rejects this protection space; the system asks again with the next one that the server offers. */
export function rejectProtectionSpace(): ChallengeAnswer {
  return { disposition: "rejectProtectionSpace" };
}

/** Called when the server of a download, the manifest's included, asks for authentication. */
export type DidReceiveChallenge = (
  challenge: AuthenticationChallenge,
  download: Download,
) => ChallengeAnswer | Promise<ChallengeAnswer>;

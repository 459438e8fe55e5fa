import { createHash, timingSafeEqual } from "node:crypto";

/** HTTP Basic authentication (RFC 7617) that a server asks for. */
export interface BasicAuthentication {
  /** Defaults to `"assets"`. */
  readonly realm?: string;
  readonly user: string;
  readonly password: string;
}

/** Value of `WWW-Authenticate`. */
export function basicChallenge(authentication: BasicAuthentication): string {
  const realm = (authentication.realm ?? "assets").replace(/["\\]/g, "\\$&");
  return `Basic realm="${realm}", charset="UTF-8"`;
}

/** Whether the value of `Authorization` is the right one; takes as long when it is not. */
export function isAuthorized(header: string | undefined, authentication: BasicAuthentication): boolean {
  const encoded = /^Basic +([A-Za-z0-9+/=]+)$/i.exec(header ?? "")?.[1] ?? "";
  const given = digest(Buffer.from(encoded, "base64"));
  const expected = digest(Buffer.from(`${authentication.user}:${authentication.password}`));
  return timingSafeEqual(given, expected);
}

// Equal lengths, which `timingSafeEqual` needs, and nothing to learn from the length of the password.
const digest = (bytes: Buffer): Buffer => createHash("sha256").update(bytes).digest();

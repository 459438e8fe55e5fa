import type { IncomingMessage } from "node:http";
import { isAuthorized, type BasicAuthentication } from "./basic-authentication.js";
import { hostOf, pathOf } from "./request-target.js";

/** What was asked and answered; never a credential, nor the query, which can carry one. */
export interface RequestRecord {
  readonly method: string;
  readonly path: string;
  /** Of the `Host` header: the production host, without a port that is the default one. */
  readonly host: string;
  /** 0 until the answer begins. */
  readonly status: number;
  /** Bytes of the body that were sent so far. */
  readonly bytes: number;
  /** Whether the server asks for no authentication, or the right credential came with the request. */
  readonly authorized: boolean;
}

/** A record whose answer is on the way. */
export type LiveRecord = { -readonly [Key in keyof RequestRecord]: RequestRecord[Key] };

export function startRecord(request: IncomingMessage, authentication: BasicAuthentication | undefined): LiveRecord {
  return {
    method: request.method ?? "",
    path: pathOf(request),
    host: hostOf(request),
    status: 0,
    bytes: 0,
    authorized: authentication === undefined || isAuthorized(request.headers.authorization, authentication),
  };
}

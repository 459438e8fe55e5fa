import type { URLDownloadMessage } from "../protocol/values.js";
import type { AuthenticationChallenge, ChallengeAnswer, Download } from "../sdk/index.js";
import type { Recorder } from "./recorder.js";
import { createCredentialCache, transfer, type HostConnections, type TransferResult } from "./transfer/index.js";
import { wake, type Extension } from "./wake.js";

/** One file to load for the app. */
export interface Load {
  readonly handle: Download;
  readonly request: URLDownloadMessage["request"];
  readonly destination: string;
  /** Bytes; null when any size is right. */
  readonly expectedBytes: number | null;
}

/** Loads files as the system does, with challenges delivered to the extension. One session of `URLSession`'s kind. */
export interface Loader {
  load(load: Load): Promise<TransferResult>;
}

/** Rule `session-is-an-event`: a loader, and the credentials in it, live as long as one event. */
export function createLoader(
  extension: Extension,
  connections: HostConnections,
  recorder: Recorder,
  signal: AbortSignal,
): Loader {
  const credentials = createCredentialCache();

  const challenge = async (given: AuthenticationChallenge, handle: Download): Promise<ChallengeAnswer> => {
    const reply = await wake(extension, { kind: "challenge", challenge: given, download: handle }, recorder, signal);
    const answer: ChallengeAnswer =
      reply.answer.kind === "challenge" ? reply.answer.answer : { disposition: "performDefaultHandling" };
    const { host, realm, method } = given.protectionSpace;
    recorder.challenge({ identifier: handle.identifier, host, realm, method, disposition: answer.disposition });
    return answer;
  };

  return {
    load: ({ handle, request, destination, expectedBytes }) =>
      transfer({
        request,
        destination,
        expectedBytes,
        connections,
        credentials,
        signal,
        challenge: (given) => challenge(given, handle),
        onProgress: (received) => {
          if (handle.kind !== "url") return;
          const { identifier, essential } = handle;
          recorder.progress({ kind: "transfer", identifier, essential, received, total: expectedBytes ?? received });
        },
      }),
  };
}

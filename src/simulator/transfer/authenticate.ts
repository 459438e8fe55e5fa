import type { AuthenticationChallenge, ChallengeAnswer, PasswordCredential, ProtectionSpace } from "../../sdk/index.js";
import type { CredentialCache } from "./credential-cache.js";
import { exchange } from "./exchange.js";
import type { Outgoing } from "./outgoing.js";
import { urlFailure } from "./failure.js";
import type { HostConnections } from "./host-connections.js";
import { discard, headerValues, type Response } from "./response.js";
import type { Watch } from "./watch.js";
import { protectionSpaces, spaceKey } from "./www-authenticate.js";

export interface AuthenticateOptions {
  readonly connections: HostConnections;
  readonly credentials: CredentialCache;
  readonly watch: Watch;
  challenge(challenge: AuthenticationChallenge): Promise<ChallengeAnswer>;
}

/** Refusals for one protection space after which the system gives up (choice: Apple publishes no bound). */
const MAX_FAILURES = 3;

type Credential = Required<PasswordCredential>;

interface Attempt {
  /** Of the protection space. */
  readonly key: string;
  readonly credential: Credential;
}

/**
 * Sends a request and answers 401 with the session's credential or the handler's, until the server is content. A 401
 * that is returned is one that nobody wants to answer: unknown schemes, default handling, every space rejected.
 */
export async function authenticate(request: Outgoing, options: AuthenticateOptions): Promise<Response> {
  const { connections, credentials, watch } = options;
  const failures = new Map<string, number>();
  const rejected = new Set<string>();
  let tried: Attempt | null = null;
  const turn = createTurn(credentials, watch);
  try {
    for (;;) {
      const response = await exchange(tried ? withCredential(request, tried.credential) : request, connections, watch);
      if (response.statusCode !== 401) {
        if (tried) credentials.accept(tried.key, tried.credential);
        return response;
      }
      if (tried) {
        credentials.refuse(tried.key, tried.credential);
        failures.set(tried.key, (failures.get(tried.key) ?? 0) + 1);
      }

      const offered = protectionSpaces(request.url, headerValues(response, "www-authenticate"));
      await discard(response);
      tried = await chooseCredential(offered);
      if (tried === null) return response;
    }
  } finally {
    turn.leave();
  }

  /** The credential for the strongest space that the handler does not reject; null leaves the 401 as it is. */
  async function chooseCredential(offered: readonly ProtectionSpace[]): Promise<Attempt | null> {
    for (const space of offered) {
      const key = spaceKey(space);
      if (rejected.has(key)) continue;
      const previousFailureCount = failures.get(key) ?? 0;
      if (previousFailureCount >= MAX_FAILURES) {
        const message = `${request.url.host} refused ${MAX_FAILURES} credentials for ${describe(space)}.`;
        throw urlFailure("userAuthenticationRequired", message, request.url, { statusCode: 401 });
      }
      await turn.take(key);
      const known = credentials.get(key);
      if (known) return { key, credential: known };

      const answer = await watch.pauseFor(options.challenge({ protectionSpace: space, previousFailureCount }));
      if (answer.disposition === "useCredential") return { key, credential: usable(answer.credential, space) };
      if (answer.disposition === "performDefaultHandling") return null;
      if (answer.disposition === "cancelChallenge") {
        throw urlFailure("cancelled", `The handler cancelled the challenge of ${request.url.host}.`, request.url);
      }
      rejected.add(key);
    }
    return null;
  }

  function usable(credential: Credential, space: ProtectionSpace): Credential {
    if (space.method === "httpBasic") return credential;
    const message =
      `The simulated system does not speak ${describe(space)} of ${request.url.host}. ` +
      "Answer it with rejectProtectionSpace() to be asked for the next method that the server offers.";
    throw urlFailure("userAuthenticationRequired", message, request.url, { statusCode: 401 });
  }
}

interface Turn {
  take(key: string): Promise<void>;
  leave(): void;
}

/** At most one protection space at a time is this request's to ask about: two requests can never wait for each other. */
function createTurn(credentials: CredentialCache, watch: Watch): Turn {
  let held: { key: string; leave(): void } | null = null;
  const leave = (): void => {
    held?.leave();
    held = null;
  };
  return {
    leave,
    async take(key) {
      if (held?.key === key) return;
      leave();
      const entering = credentials.enter(key);
      try {
        held = { key, leave: await watch.pauseFor(entering) };
      } catch (error) {
        // Aborted in the queue: the turn still comes, and must pass to the next.
        void entering.then((pass) => pass());
        throw error;
      }
    },
  };
}

function describe({ rawMethod, realm }: ProtectionSpace): string {
  return realm === null ? rawMethod : `${rawMethod}, realm "${realm}"`;
}

/** RFC 7617, in UTF-8. */
function withCredential(request: Outgoing, { user, password }: Credential): Outgoing {
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
  return { ...request, headers: { ...request.headers, authorization } };
}

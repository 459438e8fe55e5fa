import type { PasswordCredential } from "../../sdk/index.js";

/**
 * The credentials of one session, by protection space (`spaceKey`). In memory only: the simulator never writes one,
 * `"permanent"` lasts as long as `"forSession"`.
 */
export interface CredentialCache {
  get(space: string): Required<PasswordCredential> | undefined;
  /** Keeps a credential that a server accepted, if its persistence permits. */
  accept(space: string, credential: Required<PasswordCredential>): void;
  /** Forgets a credential that a server refused. */
  refuse(space: string, credential: Required<PasswordCredential>): void;
  /**
   * Resolves when nobody else is being asked for `space`: of several downloads that start together one is asked, and
   * the others find its credential. The returned function lets the next one in; it may be called again.
   */
  enter(space: string): Promise<() => void>;
}

export function createCredentialCache(): CredentialCache {
  const credentials = new Map<string, Required<PasswordCredential>>();
  const queues = new Map<string, Promise<void>>();
  return {
    get: (space) => credentials.get(space),
    accept(space, credential) {
      if (credential.persistence !== "none") credentials.set(space, credential);
    },
    refuse(space, credential) {
      // Not one that was accepted meanwhile.
      if (credentials.get(space) === credential) credentials.delete(space);
    },
    async enter(space) {
      const before = queues.get(space);
      let leave = (): void => {};
      const left = new Promise<void>((resolve) => (leave = resolve));
      queues.set(space, before ? before.then(() => left) : left);
      await before;
      return leave;
    },
  };
}

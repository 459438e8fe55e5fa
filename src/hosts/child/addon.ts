import { createRequire } from "node:module";

/** What `embed-runtime/src/addon` exports. */
export interface Addon {
  readonly abiVersion: number;
  /** Is the extension process from now on: frames on fds 3 and 4. Never returns. */
  run(): never;
}

/** `BA_ABI_VERSION` that this package was written for. */
const abiVersion = 1;

/** Loads the addon. Throws when it is of another ABI than this package. */
export function loadAddon(path: string): Addon {
  const addon: Addon = createRequire(import.meta.url)(path);
  if (addon.abiVersion === abiVersion) return addon;
  throw new Error(
    `The addon speaks version ${addon.abiVersion} of the runtime's interface, this package speaks version ${abiVersion}: ${path}`,
  );
}

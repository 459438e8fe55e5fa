import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { UserError } from "../diagnostics/index.js";
import { lockState } from "./state-lock.js";
import { emptyState, systemState, type SystemState } from "./state-schema.js";

/** The folders and the file of a state directory. */
export interface StateStore {
  /** The app group's container. */
  readonly container: string;
  /** The system's own files: the manifest, transfers. */
  readonly system: string;
  /** Path of the system's file of a download. */
  file(uniqueIdentifier: string): string;
  /** Certificates of the asset server. */
  readonly certificates: string;
  state: SystemState;
  /** Writes the state atomically: a reader sees the old one or the new one. */
  save(): Promise<void>;
  /** Gives the directory back to other processes. */
  close(): Promise<void>;
}

/**
 * Opens a state directory, making it where it is missing, for one simulated system at a time. `fresh` forgets the
 * system's and the app's files first.
 *
 * @throws UserError `BA_STATE_UNWRITABLE`, `BA_STATE_UNREADABLE`, `BA_STATE_IN_USE`
 */
export async function openState(directory: string, options: { readonly fresh: boolean }): Promise<StateStore> {
  await makeFolder(directory).catch((cause: unknown) => {
    throw unwritable(directory, cause);
  });
  const unlock = await lockState(directory, join(directory, "lock")).catch((cause: unknown) => {
    throw cause instanceof UserError ? cause : unwritable(directory, cause);
  });
  try {
    return await openLocked(directory, options, unlock);
  } catch (error) {
    await unlock();
    throw error;
  }
}

async function openLocked(
  directory: string,
  options: { readonly fresh: boolean },
  unlock: () => Promise<void>,
): Promise<StateStore> {
  const file = join(directory, "state.json");
  const container = join(directory, "container");
  const system = join(directory, "system");
  try {
    if (options.fresh)
      await Promise.all([file, container, system].map((path) => rm(path, { recursive: true, force: true })));
    for (const path of [container, system]) await makeFolder(path);
  } catch (cause) {
    throw unwritable(directory, cause);
  }
  const temporary = `${file}.tmp`;
  const store: StateStore = {
    container,
    system,
    file: (uniqueIdentifier) => join(system, uniqueIdentifier),
    certificates: join(directory, "certificates"),
    state: await readState(file),
    async save() {
      try {
        // For the owner only: headers of requests may hold credentials.
        await writeFile(temporary, `${JSON.stringify(this.state)}\n`, { mode: 0o600 });
        await rename(temporary, file);
      } catch (cause) {
        throw unwritable(directory, cause);
      }
    },
    close: unlock,
  };
  await removeLeftovers(store);
  await store.save();
  return store;
}

/** Files of transfers that the state knows nothing of: a process was killed before it wrote, or after it had read. */
async function removeLeftovers({ system, state }: StateStore): Promise<void> {
  const known = new Set([state.event?.manifest, ...state.queue].map((entry) => entry?.uniqueIdentifier));
  for (const name of await readdir(system)) {
    if (!known.has(name)) await rm(join(system, name), { recursive: true, force: true });
  }
}

/** `mkdir -p`. Node's own never ends where a parent exists and refuses children with ENOENT, as `/proc` does. */
async function makeFolder(path: string): Promise<void> {
  const make = (): Promise<void> =>
    mkdir(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
  await make().catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
    await makeFolder(dirname(path));
    await make();
  });
}

async function readState(file: string): Promise<SystemState> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch {
    return emptyState();
  }
  const parsed = systemState.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  throw new UserError("BA_STATE_UNREADABLE", `${file} is not the state of this version's simulated system.`, {
    hint: "Start anew with --fresh, or name another folder with --state.",
    cause: parsed.error,
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function unwritable(directory: string, cause: unknown): UserError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new UserError("BA_STATE_UNWRITABLE", `Couldn't write the state folder ${directory}: ${reason}`, {
    hint: "Make the folder writable, or name another one with --state.",
    cause,
  });
}

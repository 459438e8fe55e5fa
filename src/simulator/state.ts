import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import { UserError } from "../diagnostics/index.js";
import { lockState } from "./state-lock.js";

const schema = z.object({
  version: z.literal(1),
  /** Null: the app is not on the simulated device. */
  app: z
    .object({
      /** The restrictions before the first launch hold until then. */
      launched: z.boolean(),
      /** BCP 47: the language that somebody chose for the app; null for that of the configuration. */
      locale: z.string().nullable().default(null),
      /** Bytes scheduled before the first launch, counted against the allowances. */
      scheduled: z.object({ essential: z.number(), nonEssential: z.number() }),
    })
    .nullable(),
});

/** What the simulated system remembers between events. */
export type SystemState = z.infer<typeof schema>;

/** The folders and the file of a state directory. */
export interface StateStore {
  /** The app group's container. */
  readonly container: string;
  /** The system's own files: the manifest, transfers. */
  readonly system: string;
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
    // What a killed run left half-loaded must not be taken for a whole file.
    await rm(system, { recursive: true, force: true });
    for (const path of [container, system]) await makeFolder(path);
  } catch (cause) {
    throw unwritable(directory, cause);
  }
  const store: StateStore = {
    container,
    system,
    certificates: join(directory, "certificates"),
    state: await readState(file),
    async save() {
      const temporary = `${file}.${process.pid}.tmp`;
      try {
        await writeFile(temporary, `${JSON.stringify(this.state, null, 2)}\n`);
        await rename(temporary, file);
      } catch (cause) {
        throw unwritable(directory, cause);
      }
    },
    close: unlock,
  };
  await store.save();
  return store;
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
    return { version: 1, app: null };
  }
  const parsed = schema.safeParse(parseJson(text));
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

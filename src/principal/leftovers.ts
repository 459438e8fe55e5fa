import { sweepTemporary } from "./files.js";
import { readSettled, type Settled } from "./settled.js";
import { maximumOffers, readStaging, type Sidecar } from "./sidecar.js";
import { discard, settleClaim, type Offerable } from "./staging.js";

/** What earlier processes left behind. */
export interface Leftovers {
  /** Files to offer again, oldest first. */
  readonly kept: readonly Offerable[];
  /** Those that the system has purged from staging. */
  readonly purged: readonly Sidecar[];
}

/**
 * Looks through what earlier processes left, finishes what a kill has cut off, and removes what is of no use any more.
 *
 * @param except where the file of the message that has come would be staged; it is taken over on its own
 */
export async function clearUp(container: string, except: string | null): Promise<Leftovers> {
  await sweepTemporary(container);
  const entries = (await readStaging(container)).filter(({ path }) => path !== except);
  const settled = entries.length > 0 ? await readSettled(container) : new Map<string, Settled>();
  const kept: Offerable[] = [];
  const purged: Sidecar[] = [];
  for (const entry of entries) {
    const { path, sidecar, bytes } = entry;
    const end = sidecar ? settled.get(sidecar.download.uniqueIdentifier) : undefined;
    if (bytes !== null && end?.kind === "deleted") {
      // Given up, and killed before it was gone.
      await discard(path);
    } else if (sidecar && bytes !== null) {
      if (sidecar.attempt < maximumOffers) kept.push({ path, sidecar, bytes });
    } else if (bytes === null && !(await settleClaim(container, entry))) {
      // With attempt 0 it never came: the system has it still.
      if (sidecar && sidecar.attempt > 0 && !end) purged.push(sidecar);
      await discard(path);
    }
  }
  return { kept, purged };
}

/** Files that were offered as often as a file is, besides the one that is offered now; oldest first. */
export async function readExhausted(container: string, offered: string | null): Promise<readonly Offerable[]> {
  const entries = await readStaging(container);
  return entries.flatMap(({ path, sidecar, bytes }) =>
    sidecar && bytes !== null && sidecar.attempt >= maximumOffers && path !== offered ? [{ path, sidecar, bytes }] : [],
  );
}

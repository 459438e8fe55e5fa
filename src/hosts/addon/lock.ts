import { mkdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { isAlive } from "../is-alive.js";

const heartbeatMs = 2_000;
/** A folder without a heartbeat for this long is left over: its owner crashed, or its machine did. */
const staleMs = 30_000;
const pollMs = 100;

interface Owner {
  readonly pid: number;
  readonly hostname: string;
}

export interface LockOptions {
  /** Called once when somebody else holds the lock. */
  readonly onWait?: () => void;
}

/**
 * Runs `work` while the folder `path` is ours; it may use the folder, which is deleted afterwards. Processes that want
 * the same folder wait. `mkdir` is atomic on every file system, network homes included, and `proper-lockfile`, which
 * does the same, has had no release since 2021.
 *
 * Two processes that find the same stale lock could, within microseconds, both come to own it: the work must end with
 * something atomic, as a rename is.
 */
export async function withLock<T>(path: string, work: () => Promise<T>, options: LockOptions = {}): Promise<T> {
  await mkdir(dirname(path), { recursive: true });
  let told = false;
  while (!(await tryLock(path))) {
    if (await isStale(path)) await remove(path);
    else {
      if (!told) options.onWait?.();
      told = true;
      await delay(pollMs);
    }
  }
  // The work's own files need not change the folder's time.
  const heartbeat = setInterval(() => void utimes(path, new Date(), new Date()).catch(() => {}), heartbeatMs);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    await remove(path);
  }
}

async function tryLock(path: string): Promise<boolean> {
  try {
    await mkdir(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
  await writeFile(join(path, "owner.json"), JSON.stringify({ pid: process.pid, hostname: hostname() } satisfies Owner));
  return true;
}

async function isStale(path: string): Promise<boolean> {
  try {
    const { mtimeMs } = await stat(path);
    if (Date.now() - mtimeMs > staleMs) return true;
    const owner = JSON.parse(await readFile(join(path, "owner.json"), "utf8")) as Owner;
    return owner.hostname === hostname() && !isAlive(owner.pid);
  } catch {
    return false; // just released, or just taken and not signed yet
  }
}

/** The name is free at once, however long the deletion takes. */
async function remove(path: string): Promise<void> {
  const aside = `${path}.removed-${process.pid}-${process.hrtime.bigint()}`;
  try {
    await rename(path, aside);
  } catch {
    return; // somebody else was faster
  }
  await rm(aside, { recursive: true, force: true });
}

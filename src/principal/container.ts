/**
 * Paths of the app group's container: where a handler's path leads, and what it may not reach. Every path of a handler
 * goes through `resolveInContainer` before it touches the disk.
 */
import { lstat, realpath } from "node:fs/promises";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import type { StoragePlace } from "../sdk/storage.js";
import { BAError } from "../sdk/errors.js";

/** The principal class's own folder, which handlers can neither read nor change. Relative to the container. */
export const ownFolder = join("Library", "Caches", "ba-extension");

const places = { caches: join("Library", "Caches"), container: "" } as const satisfies Record<StoragePlace, string>;

/** A path of a handler, as it came in a host call. */
export interface PlacedPath {
  readonly path: string;
  readonly place?: StoragePlace | undefined;
}

/** What will be done there. */
export interface Access {
  /** The place itself may be named: for listing. */
  readonly root?: boolean;
  /** The operation follows a symbolic link at the end of the path: reading does, renaming and removing do not. */
  readonly follow?: boolean;
  /** The operation takes everything below the path along: removing and moving. */
  readonly subtree?: boolean;
}

/**
 * The absolute path that a handler means. Throws `BA_PATH_OUTSIDE_CONTAINER` (absolute, by `..`, or through a symbolic
 * link), `BA_PATH_RESERVED` or `BA_PATH_INVALID`.
 */
export async function resolveInContainer(container: string, given: PlacedPath, access: Access = {}): Promise<string> {
  const { path, place = "caches" } = given;
  const name = JSON.stringify(path);
  if (path.includes("\0")) throw new BAError("BA_PATH_INVALID", `The path ${name} has a zero byte.`);
  const start = resolve(container, places[place]);
  const target = resolve(start, path);
  if (isAbsolute(path) || !isWithin(target, container)) throw outside(path);
  if (!access.root && (path.endsWith("/") || target === start || target === resolve(container))) {
    throw new BAError("BA_PATH_INVALID", `The path ${name} names a folder, not a file.`, {
      hint: 'End the path with a file name, for example "assets/level-1.pak".',
    });
  }
  const own = resolve(container, ownFolder);
  if (isWithin(target, own) || (access.subtree && isWithin(own, target))) throw reserved(path);
  const root = await realpath(container);
  const real = await realParent(access.follow ? target : dirname(target));
  if (real === null || !isWithin(real, root)) throw outside(path);
  const realOwn = join(root, ownFolder);
  if (isWithin(real, realOwn)) throw reserved(path);
  // A folder can have other names: through a link further up, or on a volume that ignores case.
  const whole = access.subtree ? await realFolder(target) : null;
  if (whole !== null && (isWithin(realOwn, whole) || isWithin(whole, realOwn))) throw reserved(path);
  return target;
}

/** A path below the container as handlers see it: relative, with `/`. */
export const relativeToContainer = (container: string, path: string): string => toPortable(relative(container, path));

export const toPortable = (path: string): string => path.split(sep).join("/");

/** Whether `path` is `folder` or lies below it, by their names alone. */
export function isWithin(path: string, folder: string): boolean {
  const from = relative(resolve(folder), resolve(path));
  return from === "" || (from !== ".." && !from.startsWith(`..${sep}`) && !isAbsolute(from));
}

/**
 * Where a path, or the nearest folder above it that exists, lies on disk. `null` for a link that leads nowhere, or in a
 * circle: making folders through it could end anywhere.
 */
async function realParent(path: string): Promise<string | null> {
  if (!(await exists(path))) return path === dirname(path) ? null : realParent(dirname(path));
  return realpath(path).catch(() => null);
}

/** Where a folder lies on disk; `null` for what is none, a link to one included. */
async function realFolder(path: string): Promise<string | null> {
  const found = await lstat(path).catch(() => null);
  return found?.isDirectory() ? realpath(path) : null;
}

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch {
    return false;
  }
}

const reserved = (path: string): BAError =>
  new BAError(
    "BA_PATH_RESERVED",
    `The path ${JSON.stringify(path)} reaches into ${toPortable(ownFolder)}, which belongs to ba-extension.`,
    { hint: "Choose another folder of the container." },
  );

const outside = (path: string): BAError =>
  new BAError("BA_PATH_OUTSIDE_CONTAINER", `The path ${JSON.stringify(path)} leaves the container of the app group.`, {
    hint: 'Use a relative path without "..", for example "assets/level-1.pak".',
  });

import { lstat, readdir, readFile, rm, stat, statfs } from "node:fs/promises";
import { join, relative } from "node:path";
import { z } from "zod";
import { BAError } from "../../sdk/errors.js";
import { isWithin, ownFolder, resolveInContainer, toPortable } from "../container.js";
import { orNull, renameInto, writeAtomically } from "../files.js";
import { readExhausted } from "../leftovers.js";
import { placedPath, twoPaths } from "./args.js";
import type { Service } from "./service.js";

export const storageStat: Service<"storage.stat"> = {
  args: placedPath,
  async run(args, { container }) {
    const path = await resolveInContainer(container, args, { follow: true });
    const found = await orNull(stat(path));
    return found?.isFile() ? { size: found.size, modifiedAt: Math.round(found.mtimeMs) } : null;
  },
};

export const read: Service<"storage.read"> = {
  args: placedPath,
  async run(args, { container }) {
    const path = await resolveInContainer(container, args, { follow: true });
    const content = await orNull(readFile(path));
    if (content === null) return null;
    try {
      return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(content);
    } catch {
      throw new BAError("BA_FILE_NOT_TEXT", `${JSON.stringify(args.path)} is not UTF-8 text.`, {
        hint: "storage.read() reads text files only.",
      });
    }
  },
};

export const write: Service<"storage.write"> = {
  args: placedPath.extend({ text: z.string() }),
  async run({ text, ...placed }, { container }) {
    await writeAtomically(container, await resolveInContainer(container, placed), text);
    return null;
  },
};

export const list: Service<"storage.list"> = {
  args: placedPath,
  async run(args, { container }) {
    const folder = await resolveInContainer(container, args, { root: true, follow: true });
    const own = join(container, ownFolder);
    // Links are not followed: a list is of files that are in the container.
    const entries = (await orNull(readdir(folder, { recursive: true, withFileTypes: true }))) ?? [];
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => !isWithin(path, own))
      .map((path) => toPortable(relative(folder, path)))
      .sort();
  },
};

export const move: Service<"storage.move"> = {
  args: twoPaths,
  async run({ from, to, place }, { container }) {
    const source = await resolveInContainer(container, { path: from, place }, { subtree: true });
    const target = await resolveInContainer(container, { path: to, place });
    if ((await orNull(lstat(source))) === null) {
      throw new BAError("BA_FILE_NOT_FOUND", `There is no file ${JSON.stringify(from)} to move.`, {
        hint: "Ask storage.stat() first; the system may purge files of the caches.",
      });
    }
    await renameInto(source, target);
    return null;
  },
};

export const remove: Service<"storage.remove"> = {
  args: placedPath,
  async run(args, { container }) {
    await rm(await resolveInContainer(container, args, { subtree: true }), { recursive: true, force: true });
    return null;
  },
};

export const available: Service<"storage.available"> = {
  args: z.object({}),
  async run(_, { container }) {
    const { bavail, bsize } = await statfs(container);
    return bavail * bsize;
  },
};

export const unclaimed: Service<"storage.unclaimed"> = {
  args: z.object({}),
  async run(_, { container, file }) {
    const exhausted = await readExhausted(container, file?.path ?? null);
    return exhausted.map(({ sidecar: { download, attempt }, bytes }) => ({
      identifier: download.identifier,
      size: bytes,
      attempts: attempt,
    }));
  },
};

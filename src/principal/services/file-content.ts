/** What can be done with every file that an event can read: its own, and those that it has opened. */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { realpath, stat } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { z } from "zod";
import { BAError } from "../../sdk/errors.js";
import { relativeToContainer, resolveInContainer } from "../container.js";
import { copyAtomically, orNull } from "../files.js";
import { placedPath, token } from "./args.js";
import { notOffered, settledClaim } from "./file.js";
import type { Service, ServiceContext } from "./service.js";

export const copyTo: Service<"file.copyTo"> = {
  args: placedPath.extend({ token }),
  async run({ token, ...placed }, context) {
    const { container } = context;
    const source = await readablePath(token, context);
    const target = await resolveInContainer(container, placed);
    await copyAtomically(container, source, target);
    return { path: relativeToContainer(container, target) };
  },
};

export const sha256: Service<"file.sha256"> = {
  args: z.object({ token }),
  abandoned: true,
  async run({ token }, context) {
    const hash = createHash("sha256");
    await pipeline(createReadStream(await readablePath(token, context)), hash);
    return hash.digest("hex");
  },
};

export const open: Service<"storage.open"> = {
  args: placedPath,
  async run(args, { container, readable, nextToken }) {
    const named = await resolveInContainer(container, args, { follow: true });
    // What the name means now: whoever reads later must not follow a link that was changed meanwhile.
    const path = await orNull(realpath(named));
    const found = path === null ? null : await orNull(stat(path));
    if (path === null || found === null) return null;
    if (!found.isFile()) {
      throw new BAError("BA_PATH_INVALID", `The path ${JSON.stringify(args.path)} names no file that can be read.`, {
        hint: "storage.list() tells the files below a folder.",
      });
    }
    const token = nextToken();
    readable.set(token, path);
    return { path, size: found.size, token };
  },
};

/** Where the file of a token lies now. */
async function readablePath(token: string, { file, readable }: ServiceContext): Promise<string> {
  if (file?.token === token) return ((await settledClaim(file)) ?? file).path;
  const path = readable.get(token);
  if (path === undefined) throw notOffered();
  return path;
}

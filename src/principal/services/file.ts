import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { z } from "zod";
import { BAError } from "../../sdk/errors.js";
import { relativeToContainer, resolveInContainer, type PlacedPath } from "../container.js";
import { renameInto } from "../files.js";
import type { Claim, StagedFile } from "../staging.js";
import { placedPath } from "./args.js";
import type { Service, ServiceContext } from "./service.js";

/** Claims the finished file: one rename out of staging. The first call that succeeds counts. */
export const moveTo: Service<"file.moveTo"> = {
  args: placedPath.extend({ token: z.string() }),
  async run({ token, ...placed }, context) {
    const file = offeredFile(token, context);
    while (file.claim) {
      const earlier = await settled(file);
      if (earlier) throw alreadyMoved(file, relativeToContainer(context.container, earlier.path));
    }
    const claim = claimFile(file, placed, context.container);
    file.claim = claim;
    try {
      return { path: relativeToContainer(context.container, (await claim).path) };
    } catch (error) {
      file.claim = undefined;
      throw error;
    }
  },
};

/** The claim, once it has succeeded or failed. */
const settled = async (file: StagedFile): Promise<Claim | undefined> => file.claim?.catch(() => undefined);

const alreadyMoved = ({ download }: StagedFile, path: string): BAError =>
  new BAError(
    "BA_FILE_ALREADY_MOVED",
    `The file of download ${JSON.stringify(download.identifier)} was moved to ${path} already.`,
    {
      hint: "Move it once; storage.move() moves it again.",
    },
  );

async function claimFile(file: StagedFile, placed: PlacedPath, container: string): Promise<Claim> {
  const path = await resolveInContainer(container, placed);
  await renameInto(file.path, path);
  return { path, bytes: file.bytes };
}

export const sha256: Service<"file.sha256"> = {
  args: z.object({ token: z.string() }),
  async run({ token }, context) {
    const file = offeredFile(token, context);
    const { path } = (await settled(file)) ?? file;
    const hash = createHash("sha256");
    await pipeline(createReadStream(path), hash);
    return hash.digest("hex");
  },
};

function offeredFile(token: string, { file }: ServiceContext): StagedFile {
  if (file?.token === token) return file;
  throw new BAError("BA_FILE_NOT_OFFERED", "This event offers no such file.", {
    hint: "Use the file that downloadFinished received, before it returns.",
  });
}

/** The finished file, which its handler can claim once, or keep for later. */
import { z } from "zod";
import { BAError } from "../../sdk/errors.js";
import { relativeToContainer, resolveInContainer, type PlacedPath } from "../container.js";
import { claimInto, type Claim, type StagedFile } from "../staging.js";
import { placedPath, token } from "./args.js";
import type { Service, ServiceContext } from "./service.js";

/** Claims the finished file: one rename out of staging. The first call that succeeds counts. */
export const moveTo: Service<"file.moveTo"> = {
  args: placedPath.extend({ token, exclusive: z.boolean().optional() }),
  async run({ token, exclusive = false, ...placed }, context) {
    const file = offeredFile(token, context);
    // Looked at and set without a pause in between, so that two at once cannot both claim.
    while (file.claim) await refuseSecond(file, context);
    const claim = claimFile(file, placed, exclusive, context);
    file.claim = claim;
    try {
      return { path: relativeToContainer(context.container, (await claim).path) };
    } catch (error) {
      file.claim = undefined;
      throw error;
    }
  },
};

/** Leaves the finished file in staging, to be offered again. */
export const keep: Service<"file.keep"> = {
  args: z.object({ token }),
  async run({ token }, context) {
    const file = offeredFile(token, context);
    while (file.claim) await refuseSecond(file, context);
    file.kept = true;
    return null;
  },
};

/** The claim, once it has succeeded or failed. */
export const settledClaim = async (file: StagedFile): Promise<Claim | undefined> => file.claim?.catch(() => undefined);

/** Waits for the claim that is under way; throws when it has succeeded. */
async function refuseSecond(file: StagedFile, { container }: ServiceContext): Promise<void> {
  const earlier = await settledClaim(file);
  if (!earlier) return;
  const { identifier } = file.download;
  const path = relativeToContainer(container, earlier.path);
  throw new BAError(
    "BA_FILE_ALREADY_MOVED",
    `The file of download ${JSON.stringify(identifier)} was moved to ${path} already.`,
    { hint: "Move it once; storage.move() moves it again." },
  );
}

async function claimFile(
  file: StagedFile,
  placed: PlacedPath,
  exclusive: boolean,
  { container, exclusiveControl }: ServiceContext,
): Promise<Claim> {
  const path = await resolveInContainer(container, placed);
  const claim = (): Promise<Claim> => claimInto(container, file, path);
  return exclusive ? exclusiveControl.around(claim) : claim();
}

function offeredFile(token: string, { file }: ServiceContext): StagedFile {
  if (file?.token === token) return file;
  throw notOffered();
}

export const notOffered = (): BAError =>
  new BAError("BA_FILE_NOT_OFFERED", "This event offers no such file.", {
    hint: "Use the file that the callback received or opened, before it returns.",
  });

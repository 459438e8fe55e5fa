/** `BADownloadManager`: the system's part is asked for, the principal's table is kept. */
import { z } from "zod";
import { urlDownload, type URLDownloadMessage } from "../../protocol/values.js";
import type { HostCalls } from "../../sdk/host-calls.js";
import type { DownloadError } from "../../sdk/file.js";
import { BAError } from "../../sdk/errors.js";
import { brokenRule } from "../check-downloads.js";
import { findDownload, forgetDownload, rememberDownloads } from "../download-table.js";
import type { Service, ServiceContext } from "./service.js";

/** Choice: Apple states that such calls are refused, not with which code. */
export const callFromExtensionNotAllowed = (message: string): DownloadError => ({
  domain: "BAErrorDomain",
  code: 50,
  name: "callFromExtensionNotAllowed",
  message,
  underlying: null,
  userInfo: {},
});

const refusedInDownloads = callFromExtensionNotAllowed(
  "Nothing can be scheduled before `downloads` has returned: its answer holds everything to schedule.",
);

// A download carries the brand of `urlDownload`, which no schema can check.
const scheduleArgs = z.union([
  z.object({ download: urlDownload }),
  z.object({ identifier: z.string(), essential: z.boolean() }),
]) as unknown as z.ZodType<HostCalls["downloadManager.schedule"]["args"]>;

export const schedule: Service<"downloadManager.schedule"> = {
  args: scheduleArgs,
  async run(args, context) {
    const { container, schedules, system } = context;
    const { identifier } = "download" in args ? args.download : args;
    const name = JSON.stringify(identifier);
    if (!schedules) throw systemRefused(`schedule ${name}`, refusedInDownloads);
    const download = await described(args, context);
    const rule = brokenRule(download);
    if (rule !== null) throw new BAError("BA_DOWNLOAD_INVALID", `Download ${name}: ${rule}`);
    const answer = await system.schedule(download);
    if ("domain" in answer) throw systemRefused(`schedule ${name}`, answer);
    await rememberDownloads(container, [{ ...download, uniqueIdentifier: answer.uniqueIdentifier }], context.now());
    return answer;
  },
};

/** The download that the handler means: a new one, or what one was scheduled with that it has the handle of. */
async function described(
  args: HostCalls["downloadManager.schedule"]["args"],
  { container, applicationGroupIdentifier }: ServiceContext,
): Promise<URLDownloadMessage> {
  if ("download" in args) return { applicationGroupIdentifier, ...(args.download as URLDownloadMessage) };
  const { identifier, essential } = args;
  const known = await findDownload(container, identifier);
  if (known) return { ...known, essential };
  throw new BAError(
    "BA_DOWNLOAD_UNKNOWN",
    `Download ${JSON.stringify(identifier)} was not scheduled by this extension, which cannot know its URL.`,
    { hint: "Schedule it with urlDownload({ identifier, request, fileSize })." },
  );
}

export const cancel: Service<"downloadManager.cancel"> = {
  args: z.object({ uniqueIdentifier: z.string() }),
  async run({ uniqueIdentifier }, { container, system }) {
    // The table is keyed by identifier, which the system can tell only while it has the download.
    const download = (await system.currentDownloads()).find((other) => other.uniqueIdentifier === uniqueIdentifier);
    const refusal = await system.cancel(uniqueIdentifier);
    if (refusal) throw systemRefused(`cancel download ${uniqueIdentifier}`, refusal);
    if (download) await forgetDownload(container, download, Infinity);
    return null;
  },
};

export const currentDownloads: Service<"downloadManager.currentDownloads"> = {
  args: z.object({}),
  run: (_, { system }) => system.currentDownloads(),
};

export const acquireExclusiveControl: Service<"downloadManager.acquireExclusiveControl"> = {
  args: z.object({ before: z.number().optional() }),
  async run({ before }, { exclusiveControl }) {
    await exclusiveControl.acquire(before);
    return null;
  },
};

export const releaseExclusiveControl: Service<"downloadManager.releaseExclusiveControl"> = {
  args: z.object({}),
  async run(_, { exclusiveControl }) {
    exclusiveControl.release();
    return null;
  },
};

/** The system's refusal as the handler hears it. `what`: what was refused, for example `cancel …`. */
function systemRefused(what: string, error: DownloadError): BAError {
  const name = error.name ?? `${error.domain} ${error.code}`;
  const refusal = new BAError("BA_SYSTEM_REFUSED", `The system refused to ${what} (${name}): ${error.message}`);
  return Object.assign(refusal, { systemError: error });
}

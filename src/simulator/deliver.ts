/** How results reach the app's code: its delegate while it runs, else the extension. */
import { rm } from "node:fs/promises";
import type { SystemReply } from "../protocol/system.js";
import type { AuthenticationChallenge, ChallengeAnswer, DownloadError, DownloadRecord } from "../sdk/index.js";
import { recordOf, removeFromQueue } from "./queue.js";
import type { DownloadReport } from "./report.js";
import type { QueuedDownload } from "./state-schema.js";
import type { Stage } from "./stage.js";
import { wake } from "./wake.js";

/** What became of a delivery. */
interface Delivery {
  readonly to: "extension" | "app";
  /** Relative to the container, where the extension has the file now. */
  readonly path: string | null;
  /** The extension died before it had answered, and nobody has the result. */
  readonly lost: boolean;
}

/** Delivers the result of a download and forgets it. Rules `serial-delivery`, `delegate-first`, `redelivery`. */
export async function deliver(entry: QueuedDownload, stage: Stage): Promise<void> {
  const { store, recorder } = stage;
  const { path, to, lost } = await hand(entry, stage);
  stage.step("delivered");
  if (lost && entry.lostDeliveries === 0) {
    entry.lostDeliveries += 1;
    await store.save();
    return;
  }
  recorder.download({ ...reportOf(entry), deliveredTo: to, path });
  await removeFromQueue(store, entry); // rule `finished-file`
}

/** A download as the report tells it. */
export function reportOf(entry: QueuedDownload): DownloadReport {
  const { download, state, bytes, attempts, resumedBytes, error } = entry;
  const { identifier, essential } = download;
  const status = state === "loaded" ? "finished" : state;
  return { identifier, essential, status, bytes, attempts, resumedBytes, deliveredTo: null, path: null, error };
}

async function hand(entry: QueuedDownload, stage: Stage): Promise<Delivery> {
  const { error } = entry;
  const { delegate } = stage.app;
  const path = stage.store.file(entry.uniqueIdentifier);
  if (error) {
    const download = recordOf(entry, "failed");
    if (!delegate?.failed) return deliveryOf(await wake({ kind: "downloadFailed", download, error }, stage));
    await delegate.failed(download, error);
  } else {
    const download = recordOf(entry, "finished");
    if (!delegate?.finished) return deliveryOf(await wake({ kind: "downloadFinished", download, path }, stage));
    await delegate.finished(download, path);
  }
  return { to: "app", path: null, lost: false };
}

function deliveryOf({ file, outcome }: SystemReply): Delivery {
  const path = file && file.kind !== "deleted" ? file.path : null;
  // A file that the principal class keeps is offered again by it.
  return { to: "extension", path, lost: outcome === "engine" && file === null };
}

/** Tells of a manifest that could not be loaded. Rules `manifest-failed`, `no-request-without-manifest`. */
export async function deliverManifestFailure(
  download: DownloadRecord,
  error: DownloadError,
  stage: Stage,
): Promise<void> {
  await rm(stage.store.file(download.uniqueIdentifier), { force: true });
  await wake({ kind: "downloadFailed", download, error }, stage);
}

/** Asks who is there for the answer to a challenge. */
export async function challengeAnswer(
  challenge: AuthenticationChallenge,
  download: DownloadRecord,
  stage: Omit<Stage, "loader">,
): Promise<ChallengeAnswer> {
  const answer = await ask();
  const { host, realm, method } = challenge.protectionSpace;
  const { identifier } = download;
  stage.recorder.challenge({ identifier, host, realm, method, disposition: answer.disposition });
  return answer;

  async function ask(): Promise<ChallengeAnswer> {
    const { delegate } = stage.app;
    if (delegate?.didReceiveChallenge) return await delegate.didReceiveChallenge(challenge, download);
    const { answer } = await wake({ kind: "challenge", challenge, download }, stage);
    return answer.kind === "challenge" ? answer.answer : { disposition: "performDefaultHandling" };
  }
}

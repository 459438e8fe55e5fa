import { randomUUID } from "node:crypto";
import { chmod, rm } from "node:fs/promises";
import { join } from "node:path";
import type { URLDownloadMessage } from "../protocol/values.js";
import type { SystemReply } from "../protocol/system.js";
import type { Download, DownloadError } from "../sdk/index.js";
import { admit, remainingAllowances } from "./admission.js";
import type { Recorder } from "./recorder.js";
import type { StateStore, SystemState } from "./state.js";
import type { Loader } from "./loader.js";
import { wake, type Extension } from "./wake.js";

/** `BAContentRequest`. */
const rawValues = { install: 1, update: 2, periodic: 3, languageChange: 4 } as const;
type PlayedRequest = keyof typeof rawValues;

/** What a content request plays on. */
export interface Stage {
  readonly extension: Extension;
  readonly store: StateStore;
  readonly loader: Loader;
  readonly recorder: Recorder;
  readonly signal: AbortSignal;
}

interface Transferred {
  readonly download: URLDownloadMessage;
  readonly uniqueIdentifier: string;
  readonly path: string;
  readonly bytes: number;
  readonly error: DownloadError | null;
}

/**
 * Plays a content request, in the order of Apple's description (WWDC23 10108): the manifest, the content
 * request, essential downloads, their results, then the others one by one.
 */
export async function playContentRequest(
  request: PlayedRequest,
  app: NonNullable<SystemState["app"]>,
  stage: Stage,
): Promise<void> {
  const { store } = stage;
  const plist = stage.extension.loaded.config.infoPlist.app;
  const manifestPath = await loadManifest(plist.BAManifestURL, stage);
  if (!manifestPath) return;

  const allowances = remainingAllowances(app, plist);
  const reply = await wake(
    stage.extension,
    {
      kind: "contentRequest",
      rawValue: rawValues[request],
      manifestPath,
      extensionInfo: {
        restrictedDownloadSizeRemaining: allowances.nonEssential,
        restrictedEssentialDownloadSizeRemaining: allowances.essential,
      },
    },
    stage.recorder,
    stage.signal,
  );
  await rm(manifestPath, { force: true }); // rule `manifest-gone-at-return`

  const downloads = reply.answer.kind === "downloads" ? reply.answer.downloads : [];
  const admission = admit(downloads, app, plist, {
    essentialAllowed: request === "install" || request === "update", // rule `essential-requests`
  });
  await store.save();

  for (const { download, error } of admission.refused) {
    stage.recorder.download({ ...reportHead(download), status: "refused", bytes: 0, path: null, error });
    await deliver({ download, uniqueIdentifier: randomUUID(), path: "", bytes: 0, error }, stage);
  }
  // Rule `essential-first`: results of essential downloads are delivered only when all of them have concluded.
  const essential: Transferred[] = [];
  for (const download of admission.essential) essential.push(await load(download, stage));
  for (const transferred of essential) await conclude(transferred, stage);
  for (const download of admission.nonEssential) await conclude(await load(download, stage), stage);
}

/** Loads the manifest, read-only; null when it failed, which the extension has been told then. */
async function loadManifest(url: string, stage: Stage): Promise<string | null> {
  const uniqueIdentifier = randomUUID();
  const path = join(stage.store.system, `${uniqueIdentifier}.manifest`);
  const handle = {
    kind: "manifest",
    identifier: url,
    uniqueIdentifier,
    essential: false,
    priority: "default",
  } as const;
  const result = await stage.loader.load({
    handle: { ...handle, state: "downloading" },
    request: { url },
    destination: path,
    expectedBytes: null,
  });
  stage.recorder.manifest({ url, bytes: result.bytes, error: result.ok ? null : result.error });
  if (result.ok) {
    await chmod(path, 0o444);
    return path;
  }
  await rm(path, { force: true });
  // Rules `manifest-failed`, `no-request-without-manifest`.
  await wake(
    stage.extension,
    { kind: "downloadFailed", download: { ...handle, state: "failed" }, error: result.error },
    stage.recorder,
    stage.signal,
  );
  return null;
}

async function load(download: URLDownloadMessage, stage: Stage): Promise<Transferred> {
  const uniqueIdentifier = randomUUID();
  const path = join(stage.store.system, uniqueIdentifier);
  const result = await stage.loader.load({
    handle: handleOf(download, uniqueIdentifier, "downloading"),
    request: download.request,
    destination: path,
    expectedBytes: download.fileSize, // rule `exact-size`
  });
  return { download, uniqueIdentifier, path, bytes: result.bytes, error: result.ok ? null : result.error };
}

/** Tells the extension how a transfer ended, and records it. */
async function conclude(transferred: Transferred, stage: Stage): Promise<void> {
  const { download, bytes, error } = transferred;
  const reply = await deliver(transferred, stage);
  stage.recorder.download({
    ...reportHead(download),
    status: error ? "failed" : "finished",
    bytes,
    path: reply.file && reply.file.kind !== "deleted" ? reply.file.path : null,
    error,
  });
}

async function deliver({ download, uniqueIdentifier, path, error }: Transferred, stage: Stage): Promise<SystemReply> {
  const handle = handleOf(download, uniqueIdentifier, error ? "failed" : "finished");
  const reply = await wake(
    stage.extension,
    error ? { kind: "downloadFailed", download: handle, error } : { kind: "downloadFinished", download: handle, path },
    stage.recorder,
    stage.signal,
  );
  if (path) await rm(path, { force: true }); // rule `finished-file`
  return reply;
}

function handleOf(download: URLDownloadMessage, uniqueIdentifier: string, state: Download["state"]): Download {
  const { identifier, essential, priority } = download;
  return { kind: "url", identifier, uniqueIdentifier, essential, priority, state };
}

function reportHead({ identifier, essential }: URLDownloadMessage) {
  return { identifier, essential };
}

/**
 * Plays a content request in the order of Apple's description (WWDC23 10108): the manifest, the request, essential
 * downloads, their results, then the others one by one. Each step is written to the state before the next one begins, so
 * that whatever is killed in between, playing again goes on from there (rule `goes-on`).
 */
import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, rm } from "node:fs/promises";
import { admit, remainingAllowances } from "./admission.js";
import { deliver, deliverManifestFailure, reportOf } from "./deliver.js";
import { enqueue, findScheduled, nextToLoad, recordOf } from "./queue.js";
import type { InstalledApp, PlayedEvent, QueuedDownload } from "./state-schema.js";
import type { Stage } from "./stage.js";
import { wake } from "./wake.js";

/** `BAContentRequest`. */
const rawValues = { install: 1, update: 2, periodic: 3, languageChange: 4, unknown: 99 } as const;

/** Puts a content request at its beginning; the caller saves and plays. */
export function beginEvent(kind: PlayedEvent["kind"], rawValue: number = rawValues[kind]): PlayedEvent {
  const manifest = { uniqueIdentifier: randomUUID(), partial: null, bytes: 0 };
  return { kind, rawValue, manifest, step: "manifest" };
}

/** Plays what has begun, to its end; where nothing has, what is scheduled. */
export async function play(app: InstalledApp, stage: Stage): Promise<void> {
  const { store } = stage;
  if (!store.state.event) return await playOthers(stage);
  for (let event: PlayedEvent | null = store.state.event; event; event = store.state.event) {
    switch (event.step) {
      case "manifest":
        await loadManifest(event, stage);
        break;
      case "request":
        await request(event, app, stage);
        break;
      case "essential":
        await deliverAll(stage, ({ state }) => state === "refused");
        await loadAll(stage, ({ download }) => download.essential);
        event.step = "results";
        break;
      case "results":
        // Rule `essential-first`: only now, when all of them have concluded.
        await deliverAll(stage, ({ state, download }) => state !== "waiting" && download.essential);
        event.step = "others";
        break;
      case "others":
        await playOthers(stage);
        app.launched = true; // rule `launched-after-install`
        store.state.event = null;
    }
    await store.save();
  }
}

/** Loads the manifest, read-only. */
async function loadManifest(event: PlayedEvent, stage: Stage): Promise<void> {
  const { store, recorder } = stage;
  const { manifest } = event;
  const url = stage.extension.loaded.config.infoPlist.app.BAManifestURL;
  const handle = {
    kind: "manifest",
    identifier: url,
    uniqueIdentifier: manifest.uniqueIdentifier,
    essential: false,
    priority: "default",
  } as const;
  const path = store.file(manifest.uniqueIdentifier);
  const loaded = await stage.loader.load({
    handle: { ...handle, state: "downloading" },
    request: { url },
    destination: path,
    expectedBytes: null,
    partial: manifest.partial,
    async onPartial(partial) {
      manifest.partial = partial;
      await store.save();
    },
    foreground: false,
  });
  stage.signal.throwIfAborted();
  const { bytes, attempts, resumedBytes, error } = loaded;
  recorder.manifest({ url, bytes, attempts, resumedBytes, error });
  if (loaded.error) {
    await deliverManifestFailure({ ...handle, state: "failed" }, loaded.error, stage);
    event.step = "others";
    return;
  }
  await chmod(path, 0o444);
  manifest.bytes = loaded.bytes;
  event.step = "request";
}

/** Asks the extension what to load, and takes its answer into the queue. */
async function request(event: PlayedEvent, app: InstalledApp, stage: Stage): Promise<void> {
  const { store, clock, extension } = stage;
  const plist = extension.loaded.config.infoPlist.app;
  const manifestPath = store.file(event.manifest.uniqueIdentifier);
  stage.step("request");
  if (!existsSync(manifestPath)) {
    // Killed after the extension had answered: it is asked again.
    event.manifest = beginEvent(event.kind).manifest;
    event.step = "manifest";
    return;
  }
  app.lastContentRequest = clock.now();
  const allowances = remainingAllowances(app, plist);
  const extensionInfo = {
    restrictedDownloadSizeRemaining: allowances.nonEssential,
    restrictedEssentialDownloadSizeRemaining: allowances.essential,
  };
  const { answer } = await wake(
    { kind: "contentRequest", rawValue: event.rawValue, manifestPath, extensionInfo },
    stage,
  );
  await rm(manifestPath, { force: true }); // rule `manifest-gone-at-return`

  const downloads = answer.kind === "downloads" ? answer.downloads : [];
  const fresh = downloads.filter(({ identifier }) => !ignoreScheduled(identifier, stage));
  const admission = admit(fresh, app, plist, {
    essentialAllowed: event.kind === "install" || event.kind === "update", // rule `essential-requests`
  });
  for (const { download, error } of admission.refused) enqueue(store.state, download, { refusal: error });
  for (const download of [...admission.essential, ...admission.nonEssential]) enqueue(store.state, download);
  event.step = "essential";
  await store.save();
  stage.step("scheduled");
}

/** Rule `scheduled-once`. */
function ignoreScheduled(identifier: string, { store, recorder }: Stage): boolean {
  if (!findScheduled(store.state, identifier)) return false;
  recorder.diagnostic({
    code: "BA_ALREADY_SCHEDULED",
    severity: "info",
    message: `Download ${JSON.stringify(identifier)} of the answer was ignored: it is scheduled already.`,
    hint: null,
    location: null,
  });
  return true;
}

/** Delivers what is left from before, then loads the others one by one, with what the handler schedules meanwhile. */
async function playOthers(stage: Stage): Promise<void> {
  const waited = new Set<QueuedDownload>();
  for (;;) {
    await deliverAll(stage, ({ state }) => state !== "waiting");
    const next = nextToLoad(stage.store.state, (entry) => !waited.has(entry));
    if (!next) break;
    if ((await load(next, stage)) === "waiting") waited.add(next);
  }
  // Rule `waits-for-network`: they stay scheduled, for `resume` or the next event.
  for (const entry of waited) if (stage.store.state.queue.includes(entry)) stage.recorder.download(reportOf(entry));
}

async function loadAll(stage: Stage, eligible: (entry: QueuedDownload) => boolean): Promise<void> {
  for (let next = nextToLoad(stage.store.state, eligible); next; next = nextToLoad(stage.store.state, eligible)) {
    await load(next, stage);
  }
}

/** One after another, in the order in which they were scheduled; one that was lost comes again after the others. */
async function deliverAll(stage: Stage, due: (entry: QueuedDownload) => boolean): Promise<void> {
  for (let batch = stage.store.state.queue.filter(due); batch.length > 0; batch = stage.store.state.queue.filter(due)) {
    for (const entry of batch) await deliver(entry, stage);
  }
}

/** Loads a download, as far as it comes. */
async function load(entry: QueuedDownload, stage: Stage): Promise<"loaded" | "failed" | "waiting"> {
  const { store } = stage;
  const { download } = entry;
  stage.app.delegate?.didBegin?.(recordOf(entry, "downloading"));
  const result = await stage.loader.load({
    handle: recordOf(entry, "downloading"),
    request: download.request,
    destination: store.file(entry.uniqueIdentifier),
    expectedBytes: download.fileSize, // rule `exact-size`
    partial: entry.partial,
    async onPartial(partial) {
      entry.partial = partial;
      await store.save();
    },
    foreground: entry.foreground,
  });
  stage.signal.throwIfAborted(); // cut by the user, which is no failure of the download
  entry.state = result.status;
  entry.bytes = result.bytes;
  entry.attempts += result.attempts;
  entry.resumedBytes += result.resumedBytes;
  entry.error = result.error;
  await store.save();
  if (result.status === "loaded") stage.step("transferred");
  return result.status;
}

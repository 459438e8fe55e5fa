import {
  defineDownloaderExtension,
  downloadManager,
  log,
  SystemRefusedError,
  urlDownload,
  type Download,
} from "ba-extension";
import { findSession, isInPlace, placeOf, saveManifest, sessionsOf } from "./sessions.js";

export default defineDownloaderExtension({
  async *downloads({ manifest, essentialAllowed }) {
    // Throws where the manifest is broken, before it takes the place of the saved one.
    const sessions = sessionsOf(manifest);
    await saveManifest(manifest);
    for (const session of sessions) {
      if (await isInPlace(session)) continue;
      yield urlDownload({
        identifier: session.id,
        request: session.url,
        fileSize: session.size,
        // The launch waits for essential downloads; the system permits them on install and update only.
        essential: essentialAllowed && session.essential,
      });
    }
  },

  async downloadFinished(download, file) {
    const session = await findSession(download.identifier);
    if (!session) return log.notice(`${download.identifier} is not in the manifest any more; its file is dropped.`);
    if ((await file.sha256()) !== session.sha256) {
      log.error(`${session.id} is not what the manifest promises; its file is dropped.`);
      return retry(download);
    }
    // The app may be reading the old file, under exclusive control. Where that is not to be had this throws, and the
    // file is offered again at the next wake.
    await file.moveTo(placeOf(session), { exclusive: true });
  },

  async downloadFailed(download, error) {
    log.error(`${download.identifier} failed: ${error.message} (${error.domain} ${error.code})`);
    // The manifest's own download is the system's, and cannot be scheduled.
    if (download.kind === "url") await retry(download);
  },
});

/**
 * Gives an essential download a second chance, which does not hold back the launch. All others wait for the next content
 * request, which asks for whatever is not in place: a server that goes on failing is not asked in a loop.
 */
async function retry(download: Download): Promise<void> {
  if (!download.essential) return;
  try {
    await downloadManager.schedule(download.removingEssential());
  } catch (error) {
    // Someone was quicker.
    if (error instanceof SystemRefusedError && error.systemError.name === "downloadAlreadyScheduled") return;
    throw error;
  }
}

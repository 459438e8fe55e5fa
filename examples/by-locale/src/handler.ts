import { defineDownloaderExtension, environment, log, urlDownload } from "ba-extension";
import { isCurrent, placeOf, publish } from "./inventory.js";
import { findRegion } from "./regions.js";

export default defineDownloaderExtension({
  /** The same for each content request; after a language change, the locale is another one. */
  async downloads({ manifest }) {
    const region = findRegion(manifest, environment().locale);
    if (await isCurrent(region)) return [];
    return [urlDownload({ identifier: region.name, request: region.url, fileSize: region.size })];
  },

  /** Files of other regions stay where they are: who changes the language back finds them. */
  async downloadFinished({ identifier: name }, file) {
    // Before the move, with which the reader closes.
    const sha256 = await file.sha256();
    await file.moveTo(placeOf(name));
    await publish(name, sha256);
  },

  /** The next content request asks for it again, because it is not in the inventory. */
  downloadFailed({ identifier }, error) {
    log.error(`${identifier} failed: ${error.message} (${error.domain} ${error.code})`);
  },
});

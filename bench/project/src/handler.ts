import { defineDownloaderExtension, urlDownload } from "ba-extension";

/** The minimal handler whose bundle, start and memory are measured. */
export default defineDownloaderExtension({
  async *downloads({ manifest }) {
    for (const { path, url, size } of manifest.json<{ assets: { path: string; url: string; size: number }[] }>()
      .assets) {
      yield urlDownload({ identifier: path, request: url, fileSize: size });
    }
  },
  async extensionWillTerminate() {},
  async downloadFinished(download, file) {
    await file.moveTo(download.identifier);
  },
});

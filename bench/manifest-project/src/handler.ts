import { defineDownloaderExtension, urlDownload } from "ba-extension";

interface Asset {
  path: string;
  url: string;
  size: number;
}

/** Returns every entry of a manifest of any length: what memory and time for each entry are measured with. */
export default defineDownloaderExtension({
  async *downloads({ manifest }) {
    for (const { path, url, size } of manifest.items<Asset>("/assets")) {
      yield urlDownload({ identifier: path, request: url, fileSize: size });
    }
  },
});

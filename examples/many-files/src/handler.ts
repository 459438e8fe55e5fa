import { defineDownloaderExtension, log, storage, urlDownload, type DownloadPriority } from "ba-extension";

/** A file of the manifest. Its path names it everywhere: in the manifest, as identifier, and on disk. */
interface Asset {
  readonly path: string;
  readonly url: string;
  /** Bytes. */
  readonly size: number;
}

/** By folder, the first part of the path: what the app shows first comes first. */
const priorities: ReadonlyMap<string, DownloadPriority> = new Map([
  ["world", "max"],
  ["details", "min"],
]);

const priorityOf = (path: string): DownloadPriority => priorities.get(path.slice(0, path.indexOf("/"))) ?? "default";

/** Where the app finds a file, below Library/Caches of the container. */
const placeOf = (path: string): string => `atlas/${path}`;

export default defineDownloaderExtension({
  /** Reads one entry, asks for it, forgets it: memory stays what it is, however many there are. */
  async *downloads({ manifest }) {
    for (const { path, url, size } of manifest.items<Asset>("/assets")) {
      const there = await storage.stat(placeOf(path));
      if (there?.size === size) continue;
      yield urlDownload({ identifier: path, request: url, fileSize: size, priority: priorityOf(path) });
    }
  },

  async downloadFinished({ identifier: path }, file) {
    await file.moveTo(placeOf(path));
  },

  /** The next content request asks for it again, because it is not there. */
  downloadFailed({ identifier }, error) {
    log.error(`${identifier} failed: ${error.message} (${error.domain} ${error.code})`);
  },
});

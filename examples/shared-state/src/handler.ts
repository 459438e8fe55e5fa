import { defineDownloaderExtension, downloadManager, log, storage, urlDownload } from "ba-extension";
import { changeShelf, findIssue, readShelf, withArrival, withProblem } from "./shelf.js";

/** An issue in the manifest. */
interface Entry {
  readonly id: string;
  readonly url: string;
  /** Bytes. */
  readonly size: number;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
}

/** Where the app finds an issue, below Library/Caches of the container. */
const placeOf = (id: string): string => `issues/${id}.txt`;

export default defineDownloaderExtension({
  async *downloads({ manifest }) {
    const shelf = await readShelf();
    for (const { id, url, size, sha256 } of manifest.items<Entry>("/issues")) {
      const file = await storage.open(placeOf(id));
      if (file?.size !== size || (await file.sha256()) !== sha256) {
        yield urlDownload({ identifier: id, request: url, fileSize: size });
      } else if (findIssue(shelf, id)?.sha256 !== sha256) {
        // A process that was killed after the move had no time to tell.
        await downloadManager.withExclusiveControl(() => changeShelf((now) => withArrival(now, id, sha256)));
      }
    }
  },

  /** File and state change together, while the app looks at neither. */
  async downloadFinished({ identifier: id }, file) {
    const sha256 = await file.sha256();
    await downloadManager.withExclusiveControl(async () => {
      await file.moveTo(placeOf(id));
      await changeShelf((shelf) => withArrival(shelf, id, sha256));
    });
  },

  async downloadFailed({ kind, identifier: id }, error) {
    // The manifest is no issue of the magazine.
    if (kind !== "url") return log.error(`${id} failed: ${error.message}`);
    await downloadManager.withExclusiveControl(() => changeShelf((shelf) => withProblem(shelf, id, error.message)));
  },
});

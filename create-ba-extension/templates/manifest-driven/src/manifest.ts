import { storage, type FileReader, type Items } from "ba-extension";

/** One file of the manifest. `ba-extension` makes such a manifest from assets/; a server of yours can have its own. */
export interface Asset {
  readonly path: string;
  readonly url: string;
  /** Bytes. */
  readonly size: number;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
}

// Nothing in memory survives from one callback to the next, so what they share lies in the app group's container; the
// manifest beside the caches, which the system may purge.
const manifestCopy = { path: "manifest.json", place: "container" } as const;
const receipt = (asset: Asset): string => `receipts/${asset.path}.sha256`;

/** Where the app finds an asset, below Library/Caches of the container. */
export const placeOf = (asset: Asset): string => `assets/${asset.path}`;

/** The assets of a manifest, `{ "assets": […] }`: read one at a time, so that memory does not grow with their number. */
export const assetsOf = (manifest: FileReader): Items<Asset> => manifest.items<Asset>("/assets");

/** Keeps the manifest for the callbacks that come after the downloads. */
export const saveManifest = (manifest: FileReader): Promise<string> => manifest.copyTo(manifestCopy.path, manifestCopy);

/** What the saved manifest says of a download. */
export async function findAsset(identifier: string): Promise<Asset | undefined> {
  const manifest = await storage.open(manifestCopy.path, manifestCopy);
  return manifest ? assetsOf(manifest).find((asset) => asset.path === identifier) : undefined;
}

/** Whether this very content is there: the system may have purged the file, the server may have changed it. */
export async function isInstalled(asset: Asset): Promise<boolean> {
  const file = await storage.stat(placeOf(asset));
  return file?.size === asset.size && (await storage.read(receipt(asset))) === asset.sha256;
}

/** Remembers which content was moved into place. */
export const saveReceipt = (asset: Asset): Promise<void> => storage.write(receipt(asset), asset.sha256);

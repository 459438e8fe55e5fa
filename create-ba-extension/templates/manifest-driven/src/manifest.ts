import { storage } from "ba-extension";

/** One file of the manifest. `ba-extension` makes such a manifest from assets/; a server of yours can have its own. */
export interface Asset {
  readonly path: string;
  readonly url: string;
  /** Bytes. */
  readonly size: number;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
}

export interface Manifest {
  readonly version: string;
  readonly assets: readonly Asset[];
}

// Nothing in memory survives from one callback to the next, so what they share lies in the app group's container.
const manifestCopy = "manifest.json";
const receipt = (asset: Asset): string => `receipts/${asset.path}.sha256`;

/** Where the app finds an asset, below Library/Caches of the container. */
export const placeOf = (asset: Asset): string => `assets/${asset.path}`;

/** Keeps the manifest for the callbacks that come after the downloads. */
export const saveManifest = (manifest: Manifest): Promise<void> =>
  storage.write(manifestCopy, JSON.stringify(manifest));

/** What the saved manifest says of a download. */
export async function findAsset(identifier: string): Promise<Asset | undefined> {
  const text = await storage.read(manifestCopy);
  const manifest = text === null ? undefined : (JSON.parse(text) as Manifest);
  return manifest?.assets.find((asset) => asset.path === identifier);
}

/** Whether this very content is there: the system may have purged the file, the server may have changed it. */
export async function isInstalled(asset: Asset): Promise<boolean> {
  const file = await storage.stat(placeOf(asset));
  return file?.size === asset.size && (await storage.read(receipt(asset))) === asset.sha256;
}

/** Remembers which content was moved into place. */
export const saveReceipt = (asset: Asset): Promise<void> => storage.write(receipt(asset), asset.sha256);

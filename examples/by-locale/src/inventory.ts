import { notify, storage } from "ba-extension";
import type { Region } from "./regions.js";

/** What is in place: the SHA-256 of each region's file, by the region's name. The app reads it, too. */
type Inventory = Readonly<Record<string, string>>;

const path = "inventory.json";
/** Beside the caches, which the system may purge. */
const place = "container";

/** The app observes it, and reads the inventory anew. */
const notification = "com.example.guide.inventory-changed";

/** Where the app finds a region's file, below Library/Caches of the container. */
export const placeOf = (name: string): string => `regions/${name}.json`;

/** Whether a region's file is in place, as the manifest has it. */
export async function isCurrent({ name, size, sha256 }: Region): Promise<boolean> {
  const file = await storage.open(placeOf(name));
  // Purged, or of another version.
  if (file?.size !== size) return false;
  const inventory = await readInventory();
  if (inventory[name] === sha256) return true;
  // A process that was killed after it moved the file had no time to tell.
  if ((await file.sha256()) !== sha256) return false;
  await publish(name, sha256);
  return true;
}

/** Enters a file that is in place, and tells the app. */
export async function publish(name: string, sha256: string): Promise<void> {
  // Callbacks run one after another: nobody changes the inventory in between.
  const inventory: Inventory = { ...(await readInventory()), [name]: sha256 };
  await storage.write(path, JSON.stringify(inventory), { place });
  await notify(notification);
}

async function readInventory(): Promise<Inventory> {
  const file = await storage.open(path, { place });
  return file?.json<Inventory>() ?? {};
}

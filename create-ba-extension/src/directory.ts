import { readdir } from "node:fs/promises";

/** What a folder may hold and still count as empty. */
const ignored = new Set([".git", ".DS_Store", "Thumbs.db"]);

/** Whether nothing of the user's is in it; a folder that does not exist is empty. */
export async function isEmpty(directory: string): Promise<boolean> {
  try {
    return (await readdir(directory)).every((name) => ignored.has(name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return true;
    throw error;
  }
}

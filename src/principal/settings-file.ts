/**
 * The shared defaults of the app group: on Apple's systems `UserDefaults(suiteName:)`, here the file that it would keep, as
 * XML. What cannot be read is never overwritten.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { BAError } from "../sdk/errors.js";
import type { PropertyListValue } from "../sdk/property-list.js";
import { relativeToContainer } from "./container.js";
import { inTurn, orNull, writeAtomically } from "./files.js";
import { buildPropertyList, parsePropertyList, type PropertyListDictionary } from "./property-list.js";

/** Which app group's, and where. */
export interface SettingsPlace {
  readonly container: string;
  readonly applicationGroupIdentifier: string;
}

/** The value of a key; `undefined` where it has none. */
export async function readSetting(place: SettingsPlace, key: string): Promise<PropertyListValue | undefined> {
  const all = await readAll(place);
  return Object.hasOwn(all, key) ? all[key] : undefined;
}

/** Sets a key; `undefined` removes it. Writes of one process come one after another. */
export async function writeSetting(
  place: SettingsPlace,
  key: string,
  value: PropertyListValue | undefined,
): Promise<void> {
  const path = settingsPath(place);
  await inTurn(path, async () => {
    const all = new Map(Object.entries(await readAll(place)));
    if (value !== undefined) all.set(key, value);
    else if (!all.delete(key)) return;
    // They may hold what is private to the user.
    await writeAtomically(place.container, path, buildPropertyList(Object.fromEntries(all)), 0o600);
  });
}

/** Absolute path of the file, which need not be there. */
export const settingsPath = ({ container, applicationGroupIdentifier }: SettingsPlace): string =>
  join(container, "Library", "Preferences", `${applicationGroupIdentifier}.plist`);

async function readAll(place: SettingsPlace): Promise<PropertyListDictionary> {
  const path = settingsPath(place);
  const bytes = await orNull(readFile(path));
  if (bytes === null) return {};
  try {
    return parsePropertyList(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    const why = error instanceof TypeError || !(error instanceof Error) ? "is no UTF-8 text" : error.message;
    throw new BAError(
      "BA_SETTINGS_UNREADABLE",
      `The shared defaults cannot be read: ${relativeToContainer(place.container, path)} ${why}.`,
      {
        hint: "Write the file as an XML property list, or remove it; `plutil -convert xml1` turns a binary one into XML.",
      },
    );
  }
}

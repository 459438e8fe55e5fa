import { BAError } from "./errors.js";
import { currentHost } from "./host.js";
import { decodePropertyList, encodePropertyList, type PropertyListValue } from "./property-list.js";

/**
 * The shared defaults of the app group: `UserDefaults(suiteName: applicationGroupIdentifier)` of the app. For small
 * state; whatever grows belongs into `storage`.
 */
export const settings = {
  /** The value of a key, or `null` where it has none. */
  get: async <T extends PropertyListValue = PropertyListValue>(key: string): Promise<T | null> => {
    const value = await currentHost("settings.get").call("settings.get", { key });
    // The type is the caller's promise about what the app stores there.
    return value === null ? null : (decodePropertyList(value) as T);
  },
  set: async (key: string, value: PropertyListValue): Promise<void> => {
    await currentHost("settings.set").call("settings.set", { key, value: encodePropertyList(value) });
  },
  remove: async (key: string): Promise<void> => {
    await currentHost("settings.remove").call("settings.set", { key, value: null });
  },
  /**
   * What the app stored with `JSONEncoder` as the data of a key, or `null` where it has none. Rejects with
   * `BA_SETTING_NOT_JSON` where the key holds something else.
   */
  getJson: async <T>(key: string): Promise<T | null> => {
    return parseJson<T>(key, await currentHost("settings.getJson").call("settings.getJson", { key }));
  },
  /** Stores data that the app reads with `JSONDecoder`. Rejects with `BA_SETTING_INVALID` for what JSON does not have. */
  setJson: async (key: string, value: unknown): Promise<void> => {
    const host = currentHost("settings.setJson");
    await host.call("settings.setJson", { key, json: toJson(key, value) });
  },
  /**
   * Reads what `getJson` reads, changes it and stores it as `setJson` does, unless it is as before. Resolves to the new
   * value. Callbacks of one process never overlap; to keep the app out as well, run it in
   * `downloadManager.withExclusiveControl`.
   */
  update: async <T>(key: string, change: (current: T | null) => T | Promise<T>): Promise<T> => {
    const host = currentHost("settings.update");
    const before = await host.call("settings.getJson", { key });
    const value = await change(parseJson<T>(key, before));
    const json = toJson(key, value);
    if (json !== before) await host.call("settings.setJson", { key, json });
    return value;
  },
};

function parseJson<T>(key: string, json: string | null): T | null {
  if (json === null) return null;
  try {
    return JSON.parse(json) as T;
  } catch {
    throw new BAError("BA_SETTING_NOT_JSON", `The data of setting ${JSON.stringify(key)} is not JSON.`);
  }
}

function toJson(key: string, value: unknown): string {
  const json = JSON.stringify(value) as string | undefined;
  if (json !== undefined) return json;
  throw new BAError("BA_SETTING_INVALID", `Setting ${JSON.stringify(key)} must be JSON, not ${typeof value}.`, {
    hint: "Return the value from the function of settings.update(); settings.remove() removes a key.",
  });
}

import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { UserError } from "../diagnostics/index.js";
import { buildPropertyList, parsePropertyList, type PropertyListDictionary } from "../principal/property-list.js";
import { settingsPath } from "../principal/settings-file.js";
import { encodePropertyList, type PropertyListValue } from "../sdk/property-list.js";

/** The shared defaults of the app group as the app has them, in its `UserDefaults(suiteName:)`. */
export interface AppSettings {
  /** Everything that is stored. */
  all(): PropertyListDictionary;
  /** The value of a key, or `null` where it has none. */
  get(key: string): PropertyListValue | null;
  /** @throws BAError `BA_SETTING_INVALID` for what no property list can hold */
  set(key: string, value: PropertyListValue): void;
  remove(key: string): void;
  /**
   * What the handler stored with `settings.setJson`, or the app with `JSONEncoder`; `null` where the key has none.
   * @throws UserError `BA_SETTING_NOT_JSON` when the key holds something else
   */
  getJson<T>(key: string): T | null;
  /** Stores what the app would store with `JSONEncoder`. */
  setJson(key: string, value: unknown): void;
}

/**
 * Plays the app's side of the shared defaults, while no event is played.
 * @throws UserError `BA_SETTINGS_UNREADABLE`, from every function, when the file is no XML property list
 */
export function createAppSettings(container: string, applicationGroupIdentifier: string): AppSettings {
  const file = settingsPath({ container, applicationGroupIdentifier });
  const change = (key: string, value: PropertyListValue | undefined): void => {
    const all = new Map(Object.entries(read(file)));
    if (value === undefined) all.delete(key);
    else all.set(key, value);
    write(file, Object.fromEntries(all));
  };
  const get = (key: string): PropertyListValue | null => {
    const all = read(file);
    return Object.hasOwn(all, key) ? (all[key] ?? null) : null;
  };
  return {
    all: () => read(file),
    get,
    set(key, value) {
      encodePropertyList(value); // throws for what no property list can hold
      change(key, value);
    },
    remove: (key) => change(key, undefined),
    getJson<T>(key: string): T | null {
      const value = get(key);
      return value === null ? null : (jsonOf(key, value) as T);
    },
    setJson: (key, value) => change(key, Buffer.from(JSON.stringify(value))),
  };
}

function read(file: string): PropertyListDictionary {
  if (!existsSync(file)) return {};
  try {
    return parsePropertyList(readFileSync(file, "utf8"));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new UserError("BA_SETTINGS_UNREADABLE", `The shared defaults cannot be read: ${file} ${why}.`, {
      hint: "Look at the file; `plutil -convert xml1` turns a binary one into XML.",
      cause,
    });
  }
}

/** A reader sees the old settings or the new ones. */
function write(file: string, settings: PropertyListDictionary): void {
  const text = buildPropertyList(settings);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.tmp`, text);
  renameSync(`${file}.tmp`, file);
}

function jsonOf(key: string, value: PropertyListValue): unknown {
  try {
    if (value instanceof Uint8Array) return JSON.parse(new TextDecoder().decode(value));
  } catch {
    // Data of another kind: the error below says it.
  }
  throw new UserError("BA_SETTING_NOT_JSON", `The setting ${JSON.stringify(key)} is not the data of JSON text.`, {
    hint: "`settings.get` reads settings of any kind.",
  });
}

/** XML property lists: the form in which shared defaults are stored here. Strict on both ways. */
import { build, parse, type PlistValue } from "plist";
import { BAError } from "../sdk/errors.js";
import type { PropertyListValue } from "../sdk/property-list.js";

export interface PropertyListDictionary {
  readonly [key: string]: PropertyListValue;
}

/** Throws an `Error` that finishes the sentence "it …" for a text that is no XML property list with a dictionary. */
export function parsePropertyList(text: string): PropertyListDictionary {
  if (text.startsWith("bplist")) throw new Error("is a binary property list");
  if (!/^\s*</.test(text)) throw new Error("is no XML");
  const value = parseStrictly(text.replace(newlinesOfXml, asReference));
  if (!isDictionary(value)) throw new Error("holds no dictionary");
  checkParsed(value);
  // Checked now: numbers and dates are whole, and the parser makes nothing else.
  return value as PropertyListDictionary;
}

/** The parser tells the console of what it cannot read, and goes on with less. Here every complaint counts. */
function parseStrictly(text: string): PlistValue {
  const complaints: unknown[] = [];
  /* eslint-disable no-console -- the parser offers no other place for its complaints */
  const { error } = console;
  console.error = (complaint: unknown) => void complaints.push(complaint);
  try {
    const value = parse(text);
    if (complaints.length === 0) return value;
  } catch {
    // Its words are about the text that it was given, and not ours.
  } finally {
    console.error = error;
  }
  /* eslint-enable no-console */
  throw new Error("is no XML property list");
}

function checkParsed(value: PlistValue): void {
  if (typeof value === "number" && !isExact(value))
    throw new Error("holds a number that JavaScript cannot hold exactly");
  if (value instanceof Date && Number.isNaN(value.getTime())) throw new Error("holds a date that is none");
  if (Array.isArray(value)) value.forEach(checkParsed);
  else if (isDictionary(value)) Object.values(value).forEach(checkParsed);
}

/** Throws `BA_SETTING_INVALID` for what an XML property list cannot hold. */
export function buildPropertyList(dictionary: PropertyListDictionary): string {
  checkStorable(dictionary);
  // Checked: the two types differ in `readonly` only.
  return `${build(dictionary as unknown as PlistValue).replace(newlinesOfXml, asReference)}\n`;
}

function checkStorable(value: PropertyListValue): void {
  if (typeof value === "number" && !isExact(value)) {
    throw invalid("A whole number in a setting must be within ±(2^53 − 1), so that it stays exact.");
  }
  if (value instanceof Date && Number.isNaN(value.getTime())) throw invalid("A date in a setting must be one.");
  if (typeof value === "string") checkText(value);
  else if (Array.isArray(value)) (value as readonly PropertyListValue[]).forEach(checkStorable);
  else if (isDictionary(value)) {
    for (const [key, item] of Object.entries(value)) {
      checkText(key);
      // No parser of ours would read it back.
      if (key === "__proto__") throw invalid('A setting cannot have the key "__proto__".');
      checkStorable(item as PropertyListValue);
    }
  }
}

function checkText(text: string): void {
  if (/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u.test(text)) {
    throw invalid("A text in a setting holds a control character or half a character, which XML cannot hold.");
  }
}

const invalid = (message: string): BAError =>
  new BAError("BA_SETTING_INVALID", message, { hint: "Take settings.setJson(), which stores any JSON." });

/** Whole numbers are stored as integers, which lose nothing up to 2^53. */
const isExact = (value: number): boolean =>
  Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));

const isDictionary = (value: unknown): value is { readonly [key: string]: PlistValue } =>
  typeof value === "object" &&
  value !== null &&
  !Array.isArray(value) &&
  !(value instanceof Date) &&
  !(value instanceof Uint8Array);

/** The parser takes these for line feeds, as XML 1.1 does; as references they stay what they are. */
const newlinesOfXml = /[\u0085\u2028\u2029]/g;
const asReference = (character: string): string => `&#${character.charCodeAt(0)};`;

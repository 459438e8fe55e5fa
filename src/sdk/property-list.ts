import { BAError } from "./errors.js";

/** A value of shared defaults (`UserDefaults`). Whole numbers are stored as integers. */
export type PropertyListValue =
  | string
  | number
  | boolean
  | Date
  | Uint8Array
  | readonly PropertyListValue[]
  | { readonly [key: string]: PropertyListValue };

/**
 * The same as JSON: a date is `{ "$date": ISO 8601 text }`, data `{ "$data": base64 text }`, and a dictionary with a key
 * that starts with `$` stands in `{ "$dictionary": … }`.
 */
export type EncodedPropertyListValue =
  | string
  | number
  | boolean
  | readonly EncodedPropertyListValue[]
  | { readonly [key: string]: EncodedPropertyListValue };

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Throws `BA_SETTING_INVALID` for what no property list can hold. */
export function encodePropertyList(value: PropertyListValue): EncodedPropertyListValue {
  if (typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  if (value instanceof Date && !Number.isNaN(value.getTime())) return { $date: value.toISOString() };
  if (value instanceof Uint8Array) return { $data: toBase64(value) };
  // Not `map`, which leaves out what is missing in an array.
  if (Array.isArray(value)) return Array.from(value as readonly PropertyListValue[], encodePropertyList);
  if (isPlainObject(value)) {
    const entries = Object.entries(value).map(([key, item]) => [key, encodePropertyList(item)] as const);
    const dictionary = Object.fromEntries(entries);
    return entries.some(([key]) => key.startsWith("$")) ? { $dictionary: dictionary } : dictionary;
  }
  throw new BAError(
    "BA_SETTING_INVALID",
    "A setting must be a string, number, boolean, Date, Uint8Array, array or plain object.",
    { hint: "Property lists hold no null and no undefined: leave such keys out, or take settings.setJson()." },
  );
}

export function decodePropertyList(value: EncodedPropertyListValue): PropertyListValue {
  if (typeof value !== "object") return value;
  if (Array.isArray(value)) return (value as readonly EncodedPropertyListValue[]).map(decodePropertyList);
  const { $date, $data, $dictionary } = value as { readonly [key: string]: EncodedPropertyListValue };
  if (typeof $date === "string") return new Date($date);
  if (typeof $data === "string") return fromBase64($data);
  const dictionary = typeof $dictionary === "object" ? $dictionary : value;
  return Object.fromEntries(Object.entries(dictionary).map(([key, item]) => [key, decodePropertyList(item)]));
}

/** A `Map`, an instance of a class and the like would lose what they are. */
function isPlainObject(value: unknown): value is { readonly [key: string]: PropertyListValue } {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function toBase64(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 3) {
    const [first = 0, second = 0, third = 0] = bytes.subarray(at, at + 3);
    const bits = (first << 16) | (second << 8) | third;
    for (let sextet = 0; sextet < 4; sextet += 1) {
      text += sextet <= bytes.length - at ? alphabet.charAt((bits >> (18 - 6 * sextet)) & 63) : "=";
    }
  }
  return text;
}

/** Tolerates line breaks, as property lists have them, and missing padding. */
function fromBase64(text: string): Uint8Array {
  const digits = text.replace(/[^A-Za-z0-9+/]/g, "");
  const bytes = new Uint8Array((digits.length * 3) >> 2);
  let bits = 0;
  for (let at = 0, index = 0; at < digits.length; at += 1) {
    bits = (bits << 6) | alphabet.indexOf(digits.charAt(at));
    if (at % 4 > 0) bytes[index++] = bits >> (6 - 2 * (at % 4));
  }
  return bytes;
}

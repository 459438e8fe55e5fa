import type { z } from "zod";
import { didYouMean, locateProperty, UserError, type Problem, type SourceLocation } from "../diagnostics/index.js";
import { configSchema } from "./schema.js";
import type { Config } from "./types.js";

type Issue = z.core.$ZodIssue;

/** Where a configuration came from: names the file, and shows the keys that problems are about. */
export interface ConfigSource {
  /** Absolute path. */
  readonly file: string;
  readonly text: string;
}

/** Checks what a config file exports. Throws a `UserError` that lists every problem at its place in the file. */
export function validateConfig(exported: unknown, source: ConfigSource): Config {
  const input = withoutUndefined(exported);
  const result = configSchema.safeParse(input, { reportInput: false });
  const issues = result.success ? [] : withoutConsequences(result.error.issues);
  const problems = [...issues.flatMap((issue) => problemsOf(issue, input, source)), ...misspeltAppKeys(input, source)];
  if (result.success && problems.length === 0) return result.data;
  const unknownKeysOnly = issues.every(({ code }) => code === "unrecognized_keys");
  const [first] = problems;
  throw new UserError(
    unknownKeysOnly ? "BA_CONFIG_UNKNOWN_KEY" : "BA_CONFIG_INVALID",
    problems.length === 1 && first ? first.message : problems.map(({ message }) => message).join("\n"),
    { problems, hint: first?.hint },
  );
}

/** A key that is misspelt is not also missing: the first says all. */
function withoutConsequences(issues: readonly Issue[]): readonly Issue[] {
  const meant = new Set(
    issues.flatMap((issue) => {
      if (issue.code !== "unrecognized_keys") return [];
      const known = knownKeys(issue.path);
      return issue.keys.map((key) => display([...issue.path, didYouMean(key, known) ?? key]));
    }),
  );
  return issues.filter((issue) => issue.code === "unrecognized_keys" || !meant.has(display(issue.path)));
}

/** Where a key, or what should hold it, stands in the config file; its beginning when the file does not spell it out. */
export function locateKey({ file, text }: ConfigSource, path: readonly PropertyKey[]): SourceLocation {
  for (let length = path.length; length > 0; length--) {
    const position = locateProperty(text, path.slice(0, length));
    if (position) return { file, ...position };
  }
  return { file, line: 1, column: 1 };
}

function problemsOf(
  issue: Issue,
  input: unknown,
  source: ConfigSource,
  parent: readonly PropertyKey[] = [],
): Problem[] {
  const path = [...parent, ...issue.path];
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => unknownKey([...path, key], knownKeys(path), source));
  }
  if (issue.code === "invalid_union") {
    // The branch that the value was meant for is the one whose complaint is not about the type of the whole.
    const branch = issue.errors.find(
      (errors) => !errors.some(({ code, path: inner }) => code === "invalid_type" && inner.length === 0),
    );
    if (branch) return branch.flatMap((inner) => problemsOf(inner, input, source, path));
  }
  return [
    {
      message: `\`${display(path) || "export default"}\` ${rule(issue, valueAt(input, path))}.`,
      location: locateKey(source, path),
    },
  ];
}

/** The end of the sentence that begins with the name of the key. */
function rule(issue: Issue, value: unknown): string {
  switch (issue.code) {
    case "invalid_type":
      if (value === undefined) return `is missing; it must be ${article(issue.expected)}`;
      return `must be ${article(issue.expected)}${typeof value === "number" && issue.expected === "int" ? "" : `, not ${typeName(value)}`}`;
    case "invalid_value":
      return `must be ${issue.values.map((allowed) => JSON.stringify(allowed)).join(" or ")}`;
    case "invalid_union":
      return `must be a string or an object, not ${typeName(value)}`;
    default:
      return issue.message;
  }
}

function unknownKey(path: readonly PropertyKey[], known: readonly string[], source: ConfigSource): Problem {
  const key = String(path.at(-1));
  const meant = didYouMean(key, known);
  return {
    message: `\`${display(path)}\` is not a key of the configuration.${meant ? ` Did you mean \`${meant}\`?` : ""}`,
    hint: meant ? undefined : `Known here: ${known.map((name) => `\`${name}\``).join(", ")}.`,
    location: locateKey(source, path),
  };
}

/** Keys that the schema allows at a place. */
function knownKeys(path: readonly PropertyKey[]): readonly string[] {
  let schema: unknown = configSchema;
  for (const key of path) schema = member(unwrap(schema), key);
  const definition = unwrap(schema);
  return definition?.type === "object" ? Object.keys(definition.shape) : [];
}

type Definition = z.core.$ZodTypes["_zod"]["def"];

function unwrap(schema: unknown): Definition | undefined {
  // Schemas of the tree above are all built-in ones, which is what this union lists.
  const definition = (schema as z.core.$ZodTypes | undefined)?._zod.def;
  if (definition?.type === "optional") return unwrap(definition.innerType);
  if (definition?.type === "union") return definition.options.map(unwrap).find((option) => option?.type === "object");
  return definition;
}

function member(definition: Definition | undefined, key: PropertyKey): unknown {
  return definition?.type === "object" ? definition.shape[String(key)] : undefined;
}

/** The app's property list is open, but a key one slip away from Apple's is not meant to be another one. */
function misspeltAppKeys(input: unknown, source: ConfigSource): Problem[] {
  const path = ["infoPlist", "app"];
  const known = knownKeys(path);
  const given = valueAt(input, path);
  return Object.keys(typeof given === "object" && given !== null ? given : {})
    .filter((key) => !known.includes(key) && !otherAppKeys.has(key) && didYouMean(key, known) !== undefined)
    .map((key) => unknownKey([...path, key], known, source));
}

/** Apple's keys of managed Background Assets, which are near enough to the unmanaged ones to look like slips. */
const otherAppKeys = new Set(["BAAppGroupID", "BAHasManagedAssetPacks", "BAUsesAppleHosting"]);

const display = (path: readonly PropertyKey[]): string =>
  path.map((key, i) => (typeof key === "number" ? `[${key}]` : `${i > 0 ? "." : ""}${String(key)}`)).join("");

const article = (noun: string): string => {
  const plain = noun === "record" ? "object" : noun === "int" ? "whole number" : noun;
  return `${/^[aeio]/.test(plain) ? "an" : "a"} ${plain}`;
};

const typeName = (value: unknown): string =>
  value === null ? "null" : Array.isArray(value) ? "an array" : article(typeof value);

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce(
    (inner: unknown, key) =>
      typeof inner === "object" && inner !== null ? (inner as Record<PropertyKey, unknown>)[key] : undefined,
    value,
  );

/** `{ locale: undefined }` means the same as `{}`: it is what a condition in a config file leaves. */
function withoutUndefined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUndefined);
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => (inner === undefined ? [] : [[key, withoutUndefined(inner)]])),
  );
}

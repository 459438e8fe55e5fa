import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { z } from "zod";

import { declarationKinds, parseDeclaration } from "./declaration.js";

/** The mirror modules whose declarations are transcribed in `Mirror/declared/`. */
export const mirrorModules = [
  "BackgroundAssets",
  "CryptoKit",
  "ExtensionFoundation",
  "FoundationAppGroups",
  "StoreKit",
  "notify",
  "os",
] as const;
export type MirrorModule = (typeof mirrorModules)[number];

export const platforms = ["iOS", "macOS", "tvOS", "visionOS", "watchOS"] as const;
const kind = z.enum([...declarationKinds, "constant"]);
/** Marks of the reference's section 1. */
const evidence = z.enum(["H", "I", "D", "W22", "W23", "W25", "W26", "F", "R", "3P", "derived"]);
const version = /^(?:unavailable|\d+\.\d+(?: deprecated \d+\.\d+)?)$/u;

const symbolSchema = z.strictObject({
  path: z.string().min(1),
  kind,
  declaration: z.string().min(1),
  /** An enum case's number, or `rawValue` of a static property of an option set. */
  rawValue: z.int().optional(),
  /** Name of an entry in the file's `availability`. */
  availability: z.string().optional(),
  /** What Apple says to callers of a deprecated declaration. */
  message: z.string().optional(),
  renamed: z.string().optional(),
  /** A protocol's requirement. */
  requirement: z.literal(true).optional(),
  /** In an extension of the protocol. The declaration where it is not the requirement's. */
  default: z.union([z.literal(true), z.string()]).optional(),
  defaultAvailability: z.string().optional(),
  section: z.string().optional(),
  page: z.string().optional(),
  evidence: evidence.optional(),
  unverified: z.literal(true).optional(),
  note: z.string().optional(),
  /** Another module of Apple's has it; here because that module lacks it on Linux. */
  standInFor: z.string().optional(),
});

const fileSchema = z.strictObject({
  module: z.string(),
  /** The newest SDK of which a declaration was taken. */
  sdk: z.string(),
  availability: z.record(z.string(), z.partialRecord(z.enum(platforms), z.string().regex(version))),
  groups: z.array(
    z
      .strictObject({
        /** Of the API reference. */
        section: z
          .string()
          .regex(/^\d+(?:\.\d+)?$/u)
          .optional(),
        /** Of Apple's documentation, below developer.apple.com/documentation, for what the reference leaves out. */
        page: z.string().optional(),
        evidence,
        availability: z.string(),
        unverified: z.literal(true).optional(),
        note: z.string().optional(),
        symbols: z.array(symbolSchema).min(1),
      })
      .refine((group) => (group.section === undefined) !== (group.page === undefined), "either a section or a page"),
  ),
});

export type DeclaredKind = z.infer<typeof kind>;
export type Availability = z.infer<typeof fileSchema>["availability"][string];

/** One thing that a module must offer. A requirement with a default is two. */
export interface Declared {
  readonly path: string;
  readonly kind: DeclaredKind;
  readonly declaration: string;
  readonly role: "member" | "requirement" | "extension";
  readonly availability: Availability;
  /** `deprecated` message and new name, if any. */
  readonly message?: string;
  readonly renamed?: string;
  readonly rawValue?: number;
  readonly unverified: boolean;
  /** Where it is said, e.g. `section 11, H` or `page os/Logger, D`. */
  readonly source: string;
  readonly standIn: boolean;
}

export function readDeclared(module: MirrorModule): Declared[] {
  const file = fileURLToPath(new URL(`../Mirror/declared/${module}.json`, import.meta.url));
  const json: unknown = JSON.parse(readFileSync(file, "utf8"));
  if (fileSchema.parse(json).module !== module) throw new Error(`${file} is not about ${module}`);
  return parseDeclared(json);
}

/** @throws with every mistake of the file: unknown keys, duplicates, a path that its declaration contradicts, … */
export function parseDeclared(json: unknown): Declared[] {
  const file = fileSchema.parse(json);
  const mistakes: string[] = [];
  const declared = file.groups.flatMap((group) =>
    group.symbols.flatMap((symbol) => {
      mistakes.push(...mistakesOf(symbol).map((mistake) => `${symbol.path}: ${mistake}`));
      const availability = (name: string): Availability => {
        const found = file.availability[name];
        if (!found) mistakes.push(`${symbol.path}: no availability "${name}"`);
        return found ?? {};
      };
      const { optional } = parseDeclaration(symbol.declaration);
      const common = {
        path: symbol.path,
        kind: symbol.kind,
        unverified: Boolean(symbol.unverified ?? group.unverified),
        source: `${place(symbol) ?? place(group)}, ${symbol.evidence ?? group.evidence}`,
        standIn: symbol.standInFor !== undefined,
        ...(symbol.message === undefined ? {} : { message: symbol.message }),
        ...(symbol.renamed === undefined ? {} : { renamed: symbol.renamed }),
        ...(symbol.rawValue === undefined ? {} : { rawValue: symbol.rawValue }),
        declaration: symbol.declaration,
        availability: availability(symbol.availability ?? group.availability),
      };
      const result: Declared[] = [];
      if (symbol.requirement) result.push({ ...common, role: "requirement" });
      if (symbol.default !== undefined || optional) {
        const { message: _message, ...rest } = common;
        result.push({
          ...(symbol.defaultAvailability === undefined ? common : rest),
          role: "extension",
          declaration: typeof symbol.default === "string" ? symbol.default : symbol.declaration,
          availability: availability(symbol.defaultAvailability ?? symbol.availability ?? group.availability),
        });
      }
      return result.length > 0 ? result : [{ ...common, role: "member" as const }];
    }),
  );
  mistakes.push(...wholeFile(declared));
  if (mistakes.length > 0) throw new Error(`${file.module}.json:\n${mistakes.join("\n")}`);
  return declared;
}

function place({ section, page }: { section?: string | undefined; page?: string | undefined }): string | undefined {
  if (section !== undefined) return `section ${section}`;
  return page === undefined ? undefined : `page ${page}`;
}

function mistakesOf(symbol: z.infer<typeof symbolSchema>): string[] {
  const mistakes: string[] = [];
  const { kind, name, optional } = parseDeclaration(symbol.declaration);
  if (/\n| {2}|^ | $/u.test(symbol.declaration)) mistakes.push("the declaration is not one normalised line");
  if (/\bpublic\s/u.test(symbol.declaration)) mistakes.push("`public` is understood");
  const top = symbol.path === name;
  if (!top && !symbol.path.endsWith(`.${name}`)) mistakes.push(`the declaration is that of ${name}`);
  const expected = top && kind === "property" ? "constant" : kind;
  if (expected !== symbol.kind) mistakes.push(`kind is "${symbol.kind}", the declaration says "${expected}"`);
  if (symbol.rawValue !== undefined && !["enum case", "static property"].includes(symbol.kind)) {
    mistakes.push(`a ${symbol.kind} has no raw value`);
  }
  if (optional && !symbol.requirement) mistakes.push("only a requirement can be optional");
  if (typeof symbol.default === "string" && !symbol.requirement) mistakes.push("a default's line needs a requirement");
  return mistakes;
}

function wholeFile(declared: readonly Declared[]): string[] {
  const mistakes: string[] = [];
  const paths = new Map(declared.map((symbol) => [symbol.path, symbol]));
  const seen = new Set<string>();
  const numbers = new Set<string>();
  for (const symbol of declared) {
    const { text } = parseDeclaration(symbol.declaration);
    const key = `${symbol.path} ${symbol.role} ${text}`;
    if (seen.has(key)) mistakes.push(`${symbol.path}: stands twice`);
    seen.add(key);
    const parent = parentOf(symbol.path);
    // A stand-in may be a member of a type that is another module's.
    if (parent !== "" && !symbol.standIn && !paths.has(parent))
      mistakes.push(`${symbol.path}: ${parent} is not declared`);
    if (symbol.role !== "member" && paths.get(parent)?.kind !== "protocol") {
      mistakes.push(`${symbol.path}: ${parent} is no protocol`);
    }
    if (symbol.rawValue !== undefined) {
      const number = `${parent} ${symbol.rawValue}`;
      if (numbers.has(number)) mistakes.push(`${symbol.path}: ${symbol.rawValue} is taken`);
      numbers.add(number);
    }
  }
  return mistakes;
}

/** `A.B.c(x:)` → `A.B`; labels have no dots. */
export function parentOf(path: string): string {
  const at = path.lastIndexOf(".");
  return at === -1 ? "" : path.slice(0, at);
}

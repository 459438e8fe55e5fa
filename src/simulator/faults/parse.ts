import { didYouMean, UserError } from "../../diagnostics/index.js";
import { faultTable, type FaultKind, type FaultName } from "./table.js";

/** A fault as somebody asked for it. */
export interface FaultSpec {
  readonly text: string;
  readonly name: FaultName;
  readonly value: number | null;
  /** Infinity for always. */
  readonly times: number;
  /** Identifier, `manifest` or step; null for every file. */
  readonly where: string | null;
  /** Whether it befalls the manifest without a place. */
  readonly manifest: boolean;
}

const names = Object.keys(faultTable) as FaultName[];
const help = "ba-extension simulate --fault help";
// The place comes last and is taken as it is: identifiers may hold any character.
const grammar = /^(?<name>[^=*@]*)(?:=(?<value>[^*@]*))?(?:\*(?<times>[^@]*))?(?:@(?<where>.*))?$/s;

/** @throws UserError `BA_FAULT_UNKNOWN`, `BA_FAULT_INVALID` */
export function parseFault(text: string): FaultSpec {
  const { name = "", value, times, where } = grammar.exec(text)?.groups ?? {};
  if (!isName(name)) throw unknownFault(text, name);
  const kind: FaultKind = faultTable[name];
  return {
    text,
    name,
    value: parseValue(text, name, kind, value),
    times: times === undefined ? (kind.times === "once" ? 1 : Infinity) : parseTimes(text, times),
    where: parseWhere(text, name, kind, where),
    manifest: kind.manifest,
  };
}

const isName = (name: string): name is FaultName => Object.hasOwn(faultTable, name);

function parseValue(text: string, name: FaultName, { value }: FaultKind, given: string | undefined): number | null {
  if (given === undefined) return value?.standard ?? null;
  if (!value) throw invalid(text, `${name} takes no value`);
  const percent = value.unit.startsWith("percent");
  const number = wholeNumber(percent ? given.replace(/%$/, "") : given);
  if (number !== null && number >= value.min && number <= value.max) return number;
  const range = value.max < Number.MAX_SAFE_INTEGER ? `${value.min} to ${value.max}` : `${value.min} or more`;
  throw invalid(text, `the value of ${name} is a whole number, ${range}: ${value.unit}`);
}

function parseTimes(text: string, given: string): number {
  const times = wholeNumber(given);
  if (times !== null && times > 0) return times;
  throw invalid(text, "behind * stands how often, 1 or more");
}

function parseWhere(text: string, name: FaultName, { where }: FaultKind, given: string | undefined): string | null {
  if (typeof where === "string") {
    if (given === "") throw invalid(text, `behind @ stands ${where}`);
    return given ?? null;
  }
  if (given !== undefined && where.includes(given)) return given;
  const meant = given === undefined ? undefined : didYouMean(given, where);
  throw invalid(text, `${name} needs @ and one of ${where.join(", ")}`, meant && text.replace(/@.*$/s, `@${meant}`));
}

const wholeNumber = (text: string): number | null =>
  /^\d+$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : null;

function unknownFault(text: string, name: string): UserError {
  const meant = didYouMean(name, names);
  const rest = text.slice(name.length);
  return new UserError(
    "BA_FAULT_UNKNOWN",
    `There is no fault ${JSON.stringify(name)}; it is one of ${names.join(", ")}.`,
    {
      hint: hint(meant && meant + rest),
    },
  );
}

function invalid(text: string, rule: string, meant?: string): UserError {
  return new UserError("BA_FAULT_INVALID", `The fault ${JSON.stringify(text)} cannot be read: ${rule}.`, {
    hint: hint(meant),
  });
}

const hint = (meant: string | undefined): string =>
  `${meant === undefined ? "" : `Did you mean ${JSON.stringify(meant)}? `}All of them: ${help}`;

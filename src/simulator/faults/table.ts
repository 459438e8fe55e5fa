import type { ExtensionStep, SystemStep } from "./fault.js";

/** What may stand behind `=`. */
export interface FaultValue {
  /** Its unit, for people. */
  readonly unit: string;
  readonly min: number;
  readonly max: number;
  /** Without one; null when the fault means something else then. */
  readonly standard: number | null;
}

/** A kind of fault: what `--fault help` lists, what a text is checked against. */
export interface FaultKind {
  readonly effect: string;
  readonly value: FaultValue | null;
  /** Without `*N`: `once` for each file or step, or `always`. */
  readonly times: "once" | "always";
  /** What may stand behind `@`, for people; or the names of which one must stand there. */
  readonly where: string | readonly string[];
  /** Whether it befalls the manifest, too, when nothing stands behind `@`. */
  readonly manifest: boolean;
  readonly example: string;
}

const extensionSteps = [
  "downloads",
  "didReceiveChallenge",
  "downloadFailed",
  "downloadFinished",
  "moveTo",
] as const satisfies readonly ExtensionStep[];

const systemSteps = [
  "manifest",
  "request",
  "scheduled",
  "transfer",
  "transferred",
  "delivered",
] as const satisfies readonly SystemStep[];

const file = "a download's identifier, or manifest";
const share: FaultValue = { unit: "percent of what is to be loaded", min: 0, max: 99, standard: 50 };
const nth: FaultValue = { unit: "which time it comes there", min: 1, max: Number.MAX_SAFE_INTEGER, standard: 1 };

/** All faults, by name. */
export const faultTable = {
  offline: {
    effect: "there is no network: a transfer fails before anything is sent",
    value: null,
    times: "always",
    where: file,
    manifest: true,
    example: "offline*2",
  },
  slow: {
    effect: "the file comes at this speed, on the simulated clock",
    value: { unit: "bytes a second", min: 1, max: Number.MAX_SAFE_INTEGER, standard: 100_000 },
    times: "always",
    where: file,
    manifest: true,
    example: "slow=100000",
  },
  "disk-full": {
    effect: "the volume is full when half of the file is written",
    value: null,
    times: "always",
    where: file,
    manifest: false,
    example: "disk-full@level-1.pak",
  },
  cut: {
    effect: "the connection ends in the middle of the file",
    value: share,
    times: "once",
    where: file,
    manifest: false,
    example: "cut=50%*2@level-1.pak",
  },
  stall: {
    effect: "the server falls silent in the middle of the file, until the time-out",
    value: share,
    times: "once",
    where: file,
    manifest: false,
    example: "stall=10%@level-1.pak",
  },
  "404": {
    effect: "the file is not there",
    value: null,
    times: "always",
    where: file,
    manifest: false,
    example: "404@level-2.pak",
  },
  "416": {
    effect: "the server refuses the range with which a transfer would go on",
    value: null,
    times: "once",
    where: file,
    manifest: false,
    example: "416@level-1.pak",
  },
  "503": {
    effect: "the server is busy",
    value: { unit: "seconds of Retry-After", min: 0, max: 999_999_999, standard: null },
    times: "once",
    where: file,
    manifest: false,
    example: "503=30*2",
  },
  "wrong-size": {
    effect: "the last byte of the file never comes",
    value: null,
    times: "always",
    where: file,
    manifest: false,
    example: "wrong-size@level-1.pak",
  },
  "kill-extension": {
    effect: "the extension's process is killed",
    value: nth,
    times: "once",
    where: extensionSteps,
    manifest: false,
    example: "kill-extension@moveTo",
  },
  "kill-system": {
    effect: "the simulated system is killed",
    value: nth,
    times: "once",
    where: systemSteps,
    manifest: false,
    example: "kill-system=3@delivered",
  },
} as const satisfies Record<string, FaultKind>;

export type FaultName = keyof typeof faultTable;

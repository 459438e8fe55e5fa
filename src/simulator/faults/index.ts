/**
 * What goes wrong in a simulated system, because somebody asked for it.
 * @module
 */
import type { ExtensionStep, Faults, Occurrence, SystemStep, TransferFault, TransferFaults } from "./fault.js";
import { parseFault, type FaultSpec } from "./parse.js";
import type { FaultName } from "./table.js";

export type { ExtensionStep, Faults, Occurrence, SystemStep, TransferFault, TransferFaults } from "./fault.js";
export { faultTable, type FaultKind, type FaultName, type FaultValue } from "./table.js";

/** A fault and how far it is used up. */
interface LiveFault {
  readonly spec: FaultSpec;
  /** By file. */
  readonly befell: Map<string, number>;
  /** How often the process came by the step. */
  passed: number;
}

/**
 * The faults of one simulated system. Where several are for the same, the first one that is left counts.
 *
 * @param onOccurred Told when one comes to pass.
 * @throws UserError `BA_FAULT_UNKNOWN`, `BA_FAULT_INVALID`
 */
export function createFaults(
  texts: readonly string[],
  onOccurred: (occurrence: Occurrence) => void = () => {},
): Faults {
  const live = texts.map((text): LiveFault => ({ spec: parseFault(text), befell: new Map(), passed: 0 }));
  const used = new Set<LiveFault>();
  let occurred: Occurrence[] = [];
  const occur = (fault: LiveFault, at: string): void => {
    used.add(fault);
    const occurrence = { fault: fault.spec.text, at };
    occurred.push(occurrence);
    onOccurred(occurrence);
  };

  return {
    attempt(name, ranged) {
      const left = live.filter((fault) => isFor(fault.spec, name) && (fault.befell.get(name) ?? 0) < fault.spec.times);
      const first = (...names: FaultName[]): LiveFault | undefined =>
        left.find(({ spec }) => names.includes(spec.name) && (ranged || spec.name !== "416"));
      const found: Partial<Record<TransferFault, LiveFault | undefined>> = {
        offline: first("offline"),
        bytesPerSecond: first("slow"),
        status: first("404", "416", "503"),
        interruption: first("cut", "stall"),
        wrongSize: first("wrong-size"),
        diskFull: first("disk-full"),
      };
      return {
        ...transferFaults(found),
        happened(kind) {
          const fault = found[kind];
          delete found[kind]; // once for an attempt
          if (!fault) return;
          fault.befell.set(name, (fault.befell.get(name) ?? 0) + 1);
          occur(fault, name);
        },
      };
    },
    kills(process: "extension" | "system", step: ExtensionStep | SystemStep) {
      const hits = live
        .filter((fault) => fault.spec.name === `kill-${process}` && fault.spec.where === step)
        .filter(comesBy);
      hits.forEach((fault) => occur(fault, step));
      return hits.length > 0;
    },
    killsToCome: (process) =>
      live.some((fault) => fault.spec.name === `kill-${process}` && fault.passed < lastTime(fault)),
    takeOccurred() {
      const taken = occurred;
      occurred = [];
      return taken;
    },
    unused: () => live.filter((fault) => !used.has(fault)).map(({ spec }) => spec.text),
  };
}

function isFor({ where, manifest }: FaultSpec, file: string): boolean {
  return where === null ? file !== "manifest" || manifest : where === file;
}

/** Counts, and says whether this is one of the times. */
function comesBy(fault: LiveFault): boolean {
  fault.passed++;
  return fault.passed >= firstTime(fault) && fault.passed <= lastTime(fault);
}

const firstTime = ({ spec }: LiveFault): number => spec.value ?? 1;
const lastTime = (fault: LiveFault): number => firstTime(fault) + fault.spec.times - 1;

function transferFaults(
  found: Readonly<Partial<Record<TransferFault, LiveFault | undefined>>>,
): Omit<TransferFaults, "happened"> {
  const status = found.status?.spec;
  const interruption = found.interruption?.spec;
  return {
    offline: found.offline !== undefined,
    bytesPerSecond: found.bytesPerSecond?.spec.value ?? null,
    status: status ? { code: Number(status.name) as 404 | 416 | 503, retryAfter: status.value } : null,
    interruption: interruption
      ? { kind: interruption.name === "cut" ? "cut" : "stall", after: (interruption.value ?? 50) / 100 }
      : null,
    wrongSize: found.wrongSize !== undefined,
    diskFull: found.diskFull !== undefined,
  };
}

import { UserError } from "../diagnostics/index.js";
import type { HostName } from "./host-name.js";

interface HostDescription {
  readonly runs: string;
  readonly engines: readonly string[];
  readonly needs: string;
}

/** Every host, what it runs the handler with, and what that takes. */
export const hosts: Readonly<Record<HostName, HostDescription>> = {
  worker: { runs: "a worker thread of a child Node process", engines: ["node"], needs: "nothing" },
  embedded: {
    runs: "a second Node environment, embedded in a child Node process",
    engines: ["node"],
    needs: "a C++20 compiler, or a prebuilt runtime",
  },
  libnode: { runs: "the C++ runtime as a program of its own, linked to libnode", engines: ["node"], needs: "libnode" },
  swift: {
    runs: "the real Swift principal class over modules that mirror Apple's",
    engines: ["node"],
    needs: "Swift 6.2 and libnode",
  },
};

/** The default engine is the host's first. Throws `UserError` `BA_HOST_ENGINE` (a usage error) with the table of hosts. */
export function checkHostEngine(host: string, engine: string | undefined): asserts host is HostName {
  const known = isHostName(host);
  if (known && (engine === undefined || hosts[host].engines.includes(engine))) return;
  const message = known
    ? `The host ${host} does not run the engine ${engine}.`
    : `There is no host ${JSON.stringify(host)}.`;
  throw new UserError("BA_HOST_ENGINE", message, { hint: `The hosts and their engines:\n${hostTable()}` });
}

export function isHostName(name: string): name is HostName {
  return Object.hasOwn(hosts, name);
}

/** For people; a line a host. */
export function hostTable(): string {
  const rows = Object.entries(hosts).map(([name, host]) => [name, host.engines.join(", "), host.runs, host.needs]);
  const lines = [["host", "engines", "what runs the handler", "needs"], ...rows];
  const widths = [0, 1, 2].map((column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines.map((line) => `  ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")}`).join("\n");
}

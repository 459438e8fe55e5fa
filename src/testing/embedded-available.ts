import { selectHost } from "../hosts/index.js";

/**
 * Whether the `embedded` host works on this machine; builds its runtime on first use. Where it does not, `report` is
 * told why, so that a test left out for it is not left out in silence.
 *
 * @param report Defaults to a line on stderr.
 *
 * @example
 * describe.skipIf(!(await embeddedAvailable()))("in the embedded host", () => { … });
 */
export async function embeddedAvailable(
  report: (line: string) => void = (line) => void process.stderr.write(`${line}\n`),
): Promise<boolean> {
  const { host, reason, diagnostic } = await selectHost(undefined, () => {});
  if (host === "embedded") return true;
  report(`! SKIPPED: the embedded host is not available. ${diagnostic?.message ?? reason}`);
  if (diagnostic?.hint) report(`  ${diagnostic.hint}`);
  return false;
}

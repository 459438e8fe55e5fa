import { UserError } from "../diagnostics/index.js";
import { selectHost, type HostName } from "../hosts/index.js";

/**
 * Whether a host works on this machine; builds what it needs on first use. Where it does not, `report` is told why, so
 * that a test left out for it is not left out in silence.
 *
 * @param report Defaults to a line on stderr.
 *
 * @example
 * describe.skipIf(!(await hostAvailable("embedded")))("in the embedded host", () => { … });
 */
export async function hostAvailable(
  host: HostName,
  report: (line: string) => void = (line) => void process.stderr.write(`${line}\n`),
): Promise<boolean> {
  try {
    await selectHost(host, () => {});
    return true;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    report(`! SKIPPED: the host ${host} is not available. ${error.message}`);
    if (error.hint) report(`  ${error.hint}`);
    return false;
  }
}

import { UserError } from "../src/diagnostics/index.js";
import { selectHost, type HostName } from "../src/hosts/index.js";
import { requireOrSkip } from "./skip.js";

/** Makes a host ready, building what it needs. True when it cannot be had here, and its tests must be skipped. */
export async function missingHost(host: HostName): Promise<boolean> {
  try {
    await selectHost(host, () => {});
    return false;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return requireOrSkip(false, `the host ${host} (${error.message})`, error.hint ?? "see docs/toolchain.md");
  }
}

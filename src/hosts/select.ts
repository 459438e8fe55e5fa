import type { Diagnostic } from "../protocol/system.js";
import type { Mode } from "../protocol/values.js";
import { UserError } from "../diagnostics/index.js";
import { AddonBuildError, ensureAddon, shortVersion, type Addon } from "./addon/index.js";
import { checkHostEngine, hosts } from "./engines.js";
import type { HostName } from "./host-name.js";
import { findLibnode } from "./libnode.js";
import { swiftExtension } from "./swift/program.js";

export interface HostSelection {
  readonly host: HostName;
  /** Why this host, for people. */
  readonly reason: string;
  /** That the default could not be had. */
  readonly diagnostic: Diagnostic | null;
}

const embeds = "embeds a second Node environment through the embedder API";

/**
 * Decides where the handler runs and makes it ready: the addon is built on first use, which `report` is told line by
 * line. Falls back to `worker` when no host was requested; throws `UserError` when the requested one cannot be had.
 *
 * @param mode of the extension: the host `swift` has a program for each
 */
export async function selectHost(
  requested: HostName | undefined,
  report: (line: string) => void,
  mode: Mode = "unmanaged",
): Promise<HostSelection> {
  if (requested !== undefined) {
    checkHostEngine(requested, undefined);
    return { host: requested, reason: `requested; ${await prepare(requested, report, mode)}`, diagnostic: null };
  }
  if (process.platform === "win32") {
    return {
      host: "worker",
      reason: "default on Windows, which we have not tested; a worker thread of a child Node process",
      diagnostic: null,
    };
  }
  try {
    const addon = await ensureAddon(report);
    return { host: "embedded", reason: `default; ${embeds} (${describe(addon)})`, diagnostic: null };
  } catch (error) {
    if (!(error instanceof AddonBuildError)) throw error;
    return {
      host: "worker",
      reason: `the embedded runtime is not available here; ${hosts.worker.runs}`,
      diagnostic: fallback(error),
    };
  }
}

/** Makes a requested host ready; returns what it is, for people. */
async function prepare(host: HostName, report: (line: string) => void, mode: Mode): Promise<string> {
  switch (host) {
    case "worker":
      return hosts.worker.runs;
    case "embedded":
      if (process.platform === "win32") {
        throw new UserError("BA_HOST_PLATFORM", "On Windows only the worker host exists.", {
          hint: "Use --host worker.",
        });
      }
      return `${embeds} (${describe(await requireAddon(report))})`;
    case "libnode":
      return `the C++ runtime as a program of its own, linked to libnode ${(await findLibnode(report)).libnodeVersion}`;
    case "swift": {
      const { swiftVersion, libnodeVersion } = await swiftExtension(mode, report);
      return `${hosts.swift.runs} (Swift ${swiftVersion}, libnode ${libnodeVersion})`;
    }
  }
}

async function requireAddon(report: (line: string) => void): Promise<Addon> {
  try {
    return await ensureAddon(report);
  } catch (error) {
    if (!(error instanceof AddonBuildError)) throw error;
    throw new UserError("BA_ADDON_BUILD", notBuilt(error), {
      hint: wayOut(error, "or use --host worker"),
      cause: error,
    });
  }
}

function fallback(error: AddonBuildError): Diagnostic {
  return {
    code: "BA_ADDON_BUILD",
    severity: "warning",
    message: `${notBuilt(error)} The handler runs in a worker thread instead.`,
    hint: wayOut(error, "or choose the worker host yourself (--host worker)"),
    location: null,
  };
}

function notBuilt(error: AddonBuildError): string {
  return `The embedded runtime could not be built for Node ${shortVersion()}: ${error.message}`;
}

function wayOut(error: AddonBuildError, alternative: string): string {
  return `It takes a C++20 compiler (GCC 11, Clang 14, Xcode 15 or newer; CXX names it), ${alternative}. Log: ${error.logPath}`;
}

function describe(addon: Addon): string {
  return `addon ${addon.origin === "built" ? "built here" : "prebuilt"} for Node ${shortVersion().slice(1)}`;
}

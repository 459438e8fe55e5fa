/**
 * The simulated system: plays Apple's part towards an extension, on any machine.
 *
 * @example
 * await using simulator = await createSimulator({ project: "." });
 * const report = await simulator.dispatch({ kind: "install" });
 * @module
 */
import { join, resolve } from "node:path";
import { buildBundle, createStackMapper } from "../build/index.js";
import { defaultLocale, isLocale, loadConfig, placeOfKey, type LoadedConfig } from "../config/index.js";
import { UserError } from "../diagnostics/index.js";
import { selectHost } from "../hosts/index.js";
import { connectAssets } from "./assets.js";
import { playContentRequest, type Stage } from "./content-request.js";
import { createLoader } from "./loader.js";
import type { Simulator, SimulatorEvent, SimulatorOptions } from "./options.js";
import { Recorder } from "./recorder.js";
import type { Report } from "./report.js";
import { openState } from "./state.js";
import { wake, type Extension } from "./wake.js";

export type { HostName } from "../hosts/index.js";
export type { Progress, Simulator, SimulatorEvent, SimulatorOptions } from "./options.js";
export type { DownloadReport, Report } from "./report.js";

/**
 * Builds the handler, opens the state, serves the assets. Throws a `UserError` for what is wrong in the project: the
 * configuration, the handler's syntax, a state folder that cannot be written.
 */
export async function createSimulator(options: SimulatorOptions): Promise<Simulator> {
  const progress = options.onProgress ?? ((): void => {});
  const loaded = typeof options.project === "string" ? await loadConfig(resolve(options.project)) : options.project;
  const bundle = await buildBundle(loaded);
  const chosen = await selectHost(options.host, (message) => progress({ kind: "preparing", message }));
  progress({ kind: "host", host: chosen.host, reason: chosen.reason });
  const store = await openState(options.stateDirectory ?? join(loaded.root, ".ba", "state"), {
    fresh: options.fresh ?? false,
  });
  const assets = await connectAssets(loaded, store.certificates).catch(async (error: unknown) => {
    await store.close();
    throw error;
  });

  const now = options.now ?? Date.now;
  const extension: Extension = {
    loaded,
    bundlePath: bundle.path,
    stackMapper: createStackMapper(bundle, loaded.root),
    host: chosen.host,
    container: store.container,
    now,
    locale: () => store.state.app?.locale ?? loaded.config.simulate?.locale ?? defaultLocale,
  };
  const disposal = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, disposal.signal]) : disposal.signal;

  async function play(event: SimulatorEvent): Promise<Report> {
    const recorder = new Recorder(progress);
    if (chosen.diagnostic) recorder.diagnostic(chosen.diagnostic);
    const loader = createLoader(extension, assets.connections, recorder, signal);
    const stage: Stage = { extension, store, loader, recorder, signal };
    if (event.kind === "message") await wake(extension, event.message, recorder, signal);
    else await playRequest(event, stage);
    signal.throwIfAborted();
    return recorder.report({
      event: event.kind,
      engine: "node",
      host: chosen.host,
      hostReason: chosen.reason,
      container: store.container,
    });
  }

  // Events of one simulator run one after another, as those of one device.
  let last: Promise<unknown> = Promise.resolve();
  const dispose = async (): Promise<void> => {
    disposal.abort();
    await last.catch(() => {});
    await assets.dispose();
    await store.close();
  };
  return {
    container: store.container,
    dispatch(event) {
      const next = last.then(
        () => play(event),
        () => play(event),
      );
      last = next;
      return next;
    },
    dispose,
    [Symbol.asyncDispose]: dispose,
  };
}

/** Install makes the app; the others need it (rules `installed-before-others`, `launched-after-install`). */
async function playRequest(event: Exclude<SimulatorEvent, { kind: "message" }>, stage: Stage): Promise<void> {
  const { state } = stage.store;
  if (event.kind === "install") {
    state.app = { launched: false, locale: null, scheduled: { essential: 0, nonEssential: 0 } };
    adviseRestrictions(stage.extension.loaded, stage.recorder);
  }
  if (!state.app) {
    throw new UserError(
      "BA_APP_NOT_INSTALLED",
      "The app is not installed on the simulated device; this event comes for installed apps only.",
      {
        hint: "Run `ba-extension simulate install` first.",
      },
    );
  }
  if (event.kind === "languageChange") state.app.locale = checkLocale(event.locale) ?? state.app.locale;
  await stage.store.save();
  await playContentRequest(event.kind, state.app, stage);
  state.app.launched = true;
  await stage.store.save();
}

function checkLocale(locale: string | undefined): string | undefined {
  if (locale === undefined || isLocale(locale)) return locale;
  throw new UserError("BA_LOCALE_INVALID", `${JSON.stringify(locale)} is not a BCP 47 language tag.`, {
    hint: 'Write it like "en-US" or "de".',
  });
}

/** Rule `missing-restrictions`. */
function adviseRestrictions(loaded: LoadedConfig, recorder: Recorder): void {
  if (loaded.config.infoPlist.app.BAInitialDownloadRestrictions) return;
  recorder.diagnostic({
    code: "BA_RESTRICTIONS_MISSING",
    severity: "warning",
    message: "infoPlist.app has no BAInitialDownloadRestrictions; the App Store requires them.",
    hint: "Add BADownloadAllowance, BAEssentialDownloadAllowance (bytes) and BADownloadDomainAllowList (hosts).",
    location: placeOfKey(loaded, "infoPlist", "app"),
  });
}

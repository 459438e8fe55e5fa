/** How each event of the simulated system begins. */
import { isLocale, placeOfKey, type LoadedConfig } from "../config/index.js";
import { UserError } from "../diagnostics/index.js";
import type { Diagnostic } from "../protocol/system.js";
import type { SimulatorEvent } from "./options.js";
import { beginEvent } from "./play.js";
import type { Recorder } from "./recorder.js";
import type { InstalledApp, SystemState } from "./state-schema.js";
import type { Stage } from "./stage.js";

export const dayMs = 86_400_000;

/** Install makes the app; the others need it (rule `installed-before-others`). The caller saves and plays. */
export function begin(
  event: Exclude<SimulatorEvent, { kind: "message" }>,
  { store, extension, recorder }: Stage,
): void {
  const { state } = store;
  if (event.kind === "install") {
    state.app = {
      launched: false,
      locale: null,
      scheduled: { essential: 0, nonEssential: 0 },
      lastContentRequest: null,
    };
    state.queue = [];
    adviseRestrictions(extension.loaded, recorder);
  }
  const app = requireApp(state);
  if (event.kind === "languageChange") app.locale = checkLocale(event.locale) ?? app.locale;
  state.event = beginEvent(event.kind, event.kind === "unknown" ? event.rawValue : undefined);
}

export function requireApp({ app }: SystemState): InstalledApp {
  if (app) return app;
  throw new UserError(
    "BA_APP_NOT_INSTALLED",
    "The app is not installed on the simulated device; this event comes for installed apps only.",
    {
      hint: "Run `ba-extension simulate install` first.",
    },
  );
}

export const nothingToResume: Diagnostic = {
  code: "BA_NOTHING_TO_RESUME",
  severity: "info",
  message: "Nothing was interrupted and nothing is scheduled.",
  hint: null,
  location: null,
};

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

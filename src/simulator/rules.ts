/**
 * The rules of the real system that the simulated one obeys, as data: `docs/fidelity.md` is generated from this table.
 * `source` is a section of Apple's documentation as gathered in the API reference, or `choice` where Apple publishes
 * nothing and this project had to decide.
 */
export interface Rule {
  readonly id: string;
  readonly rule: string;
  /** Where Apple states it, or why we chose it. */
  readonly source: string;
  readonly kind: "documented" | "choice";
}

const documented = (rule: string, source: string) => ({ rule, source, kind: "documented" }) as const;
const choice = (rule: string, source: string) => ({ rule, source, kind: "choice" }) as const;

export const rules = {
  "manifest-first": documented(
    "The system loads BAManifestURL before it wakes the extension.",
    "Configuring an unmanaged Background Assets project; WWDC23 10108",
  ),
  "manifest-gone-at-return": documented(
    "The manifest file is read-only and deleted when the callback has returned.",
    "BADownloaderExtension.h",
  ),
  "manifest-failed": documented(
    "A manifest that fails to load reaches downloadFailed, as a download that is not a BAURLDownload.",
    "WWDC23 10108",
  ),
  "no-request-without-manifest": choice("No content request follows a manifest that failed to load.", "unpublished"),
  "essential-first": documented(
    "Essential downloads run first; the app can be launched when all have concluded, and only then their results are delivered.",
    "WWDC23 10108",
  ),
  "essential-requests": documented(
    "Essential downloads are permitted on install and update only.",
    "BADownload.h; WWDC23 10108",
  ),
  "essential-elsewhere": choice(
    "An essential download in another answer fails with downloadEssentialDownloadNotPermitted (109).",
    "the outcome is unpublished",
  ),
  "priority-order": documented("Non-essential downloads run by priority, higher first.", "BADownload.h"),
  "one-transfer": choice(
    "Transfers run one at a time, equal priorities in the order of the answer, so that a run can be repeated.",
    "unpublished",
  ),
  "exact-size": documented("A download whose file has another size than fileSize fails.", "BAURLDownload.h"),
  "range-resume": choice(
    "An interrupted transfer goes on with Range and If-Range, by a strong entity tag, or without any tag by Last-Modified; of another version, or where the server cannot go on, it begins anew.",
    "WWDC23 10108 says only that servers should support ranges",
  ),
  "interrupted-goes-on": choice(
    "A lost or refused connection, a time-out, no network and HTTP 503 go on by themselves after Retry-After, otherwise after 1 s, doubling, on the simulated clock; every other failure is final.",
    "unpublished",
  ),
  "waits-for-network": choice(
    "A non-essential download that was interrupted five times stays scheduled and waits for resume or the next event.",
    "WWDC23 10108 says that it waits; the number is unpublished",
  ),
  "essential-attempts": choice(
    "Essential downloads and the manifest are tried twice, then fail, because somebody waits.",
    'WWDC23 10108 says "a few seconds"',
  ),
  "foreground-fails-early": documented("A foreground download fails at its first network problem.", "WWDC23 10108"),
  "restricted-until-launch": documented(
    "Allowances and the domain allow list hold until the app's first launch.",
    "BAAppExtensionInfo.h; WWDC22 110403",
  ),
  "restriction-codes": choice(
    "Refusals are per download in the order of transfer: 202 for the domain, 203 when nothing is left, 112 when it would exceed what is left.",
    "the codes' use is unpublished",
  ),
  "wildcard-domain": choice(
    "`*.example.com` covers every host below example.com and not example.com itself.",
    "unpublished",
  ),
  "missing-restrictions": choice(
    "Without BAInitialDownloadRestrictions nothing is restricted, and a diagnostic says that the store requires them.",
    "unpublished",
  ),
  "launched-after-install": choice(
    "The app counts as launched when an install has been played to its end.",
    "the simulator has no user",
  ),
  "installed-before-others": documented(
    "Updates, periodic checks and language changes come for an installed app only.",
    "BATypes.h",
  ),
  "finished-file": documented(
    "A finished file that is not moved by the return of the callback is deleted.",
    "BADownloaderExtension.h",
  ),
  "fresh-process": documented(
    "Nothing in memory survives from one call to the next: each call gets a process of its own.",
    "WWDC23 10108",
  ),
  "serial-delivery": choice("Results are delivered one after another.", "unpublished"),
  redelivery: choice(
    "A result that nobody has because the extension died before it answered is delivered once more, after the others.",
    "unpublished",
  ),
  "delegate-first": documented(
    "While the app runs with a BADownloadManager delegate, results and challenges go to the delegate; for a method that it lacks the extension is woken.",
    "BADownloadManager.h; WWDC22 110403",
  ),
  "foreground-promotes": documented(
    "startForegroundDownload starts at once; a download that is scheduled already goes on from where it was.",
    "BADownloadManager; WWDC23 10108",
  ),
  "schedule-refusals": choice(
    "The manager refuses an identifier that is scheduled (100), essential downloads (109), and cancelling what is not scheduled (101); before the first launch the allowances and the domain list hold as in an answer.",
    "the codes are documented, their use is not",
  ),
  "schedule-in-downloads": choice(
    "Scheduling inside the downloads callback is refused with callFromExtensionNotAllowed (50).",
    "BADownloaderExtension.h refuses it; the code is unpublished",
  ),
  "scheduled-once": choice(
    "A download of an answer whose identifier is scheduled already is ignored, with a diagnostic.",
    "unpublished",
  ),
  "exclusive-control": documented(
    "App and extension have exclusive control one at a time; asking with a date that has passed tries once.",
    "BADownloadManager.h",
  ),
  "control-refused": choice(
    "Control that cannot be had is refused with EAGAIN, and inside itself with EDEADLK; a process that ends gives it back.",
    "unpublished",
  ),
  "unknown-requests": documented(
    "A content request of a kind that the handler does not know reaches it with its raw value.",
    "BATypes.h (non-frozen enumeration)",
  ),
  "periodic-daily": choice(
    "When time passes, a periodic check comes a day after the last content request.",
    "unpublished",
  ),
  "goes-on": choice(
    "After a kill at any moment the next event, or resume, first plays what was interrupted to its end: nothing is lost, no file is loaded or placed twice; only the callback that was under way may be called again.",
    "Apple's daemon is durable; how is unpublished",
  ),
  "credential-for-session": documented(
    "A credential for the session answers later challenges of the same protection space.",
    "URLCredential.Persistence",
  ),
  "session-is-an-event": choice("A session ends with the event.", "unpublished"),
} as const satisfies Record<string, Omit<Rule, "id">>;

export type RuleId = keyof typeof rules;

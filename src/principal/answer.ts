import type { SystemMessageKind, SystemReply } from "../protocol/system.js";
import { secretsIn } from "./challenge-answer.js";
import { rememberDownloads } from "./download-table.js";
import { HostCallScope } from "./host-calls.js";
import type { Observations } from "./observations.js";
import type { PrincipalOptions } from "./options.js";
import type { Prepared } from "./prepare.js";
import { reoffer, type Reoffer } from "./reoffer.js";
import { runGuest, unanswered, type Dispatch, type EventRun, type GuestRun, type ProcessCost } from "./run-guest.js";
import type { ProcessContext } from "./services/service.js";
import { settleFile } from "./settle-file.js";
import type { Offerable } from "./staging.js";
import { judge } from "./verdict.js";

/** Has the handler answer a message in a process of its own, and before it every file that is to be offered again. */
export async function answer(
  kind: SystemMessageKind,
  { event, file }: Extract<Prepared, { kind: "ready" }>,
  kept: readonly Offerable[],
  observed: Observations,
  options: PrincipalOptions,
): Promise<SystemReply & ProcessCost> {
  const { container } = options;
  const reoffers: Reoffer[] = [];
  const play = async (dispatch: Dispatch): Promise<EventRun> => {
    for (const one of kept) {
      const offered = await reoffer(one, dispatch, options);
      reoffers.push(offered);
      if (offered.alive) continue;
      const name = JSON.stringify(offered.reply.identifier);
      const message = `the engine had ended while the file of download ${name} was offered again.`;
      return unanswered({ outcome: "notReached", message });
    }
    return dispatch(event, file);
  };
  const guest = await runGuest(play, new HostCallScope(processContext(kind, observed, options)), options);
  for (const { verdict, note, reply } of reoffers) {
    observed.verdict(verdict, "downloadFinished", `, which was offered ${JSON.stringify(reply.identifier)} again`);
    if (note) observed.diagnose(note.error, "downloadFinished", note.severity);
  }
  const verdict = judge(event, guest.run, options);
  observed.verdict(verdict, event.kind);
  if (verdict.answer.kind === "downloads") {
    await rememberDownloads(container, verdict.answer.downloads, options.now());
  }
  const settled = file ? await settleFile(file, verdict.outcome, container) : null;
  if (settled?.note) observed.diagnose(settled.note.error, event.kind, settled.note.severity);
  const secrets = secretsIn(valueOf(guest));
  return {
    answer: verdict.answer,
    outcome: verdict.outcome,
    file: settled?.file ?? null,
    durationMs: guest.run.durationMs,
    processMs: guest.processMs,
    privateDirtyBytes: guest.privateDirtyBytes,
    reoffered: reoffers.map(({ reply }) => reply),
    ...observed.told(secrets, guest.logs),
  };
}

function processContext(kind: SystemMessageKind, observed: Observations, options: PrincipalOptions): ProcessContext {
  const { container, applicationGroupIdentifier, system, nativeFunctions } = options;
  let opened = 0;
  return {
    container,
    applicationGroupIdentifier,
    system,
    nativeFunctions,
    now: () => options.now(),
    // Files that are offered again meanwhile are part of that call, too.
    schedules: kind !== "contentRequest",
    notifications: observed.notifications,
    nextToken: () => `open:${++opened}`,
  };
}

/** What the handler returned, as far as it leaves the engine. */
function valueOf({ run: { end } }: GuestRun): unknown {
  return end.outcome === "answered" && end.reply.status === "fulfilled" ? end.reply.value : null;
}

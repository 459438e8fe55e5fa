import type { GuestEvent } from "../protocol/guest.js";
import type { SystemReply } from "../protocol/system.js";
import type { PrincipalOptions } from "./options.js";
import { finishedEvent } from "./prepare.js";
import type { Dispatch, EventRun } from "./run-guest.js";
import { settleFile, type SettledFile } from "./settle-file.js";
import { offer, type Offerable } from "./staging.js";
import { judge, type Verdict } from "./verdict.js";

/** What became of one file that was offered again. */
export interface Reoffer {
  readonly reply: SystemReply["reoffered"][number];
  readonly event: GuestEvent;
  readonly verdict: Verdict;
  readonly note: SettledFile["note"];
  /** Whether the engine can be sent another event. */
  readonly alive: boolean;
}

/** Offers a file of an earlier call again. */
export async function reoffer(kept: Offerable, dispatch: Dispatch, options: PrincipalOptions): Promise<Reoffer> {
  const { container } = options;
  const file = await offer(container, kept);
  const event = finishedEvent(file);
  const run: EventRun = await dispatch(event, file);
  const verdict = judge(event, run, options);
  const settled = await settleFile(file, verdict.outcome, container);
  const { attempt, download } = file;
  const { outcome } = verdict;
  const reply = { identifier: download.identifier, attempt, outcome, durationMs: run.durationMs, file: settled.file };
  return { reply, event, verdict, note: settled.note, alive: run.end.outcome === "answered" };
}

import { challengeAnswer } from "./deliver.js";
import { createLoader } from "./loader.js";
import type { Progress } from "./options.js";
import { findScheduled, recordOf } from "./queue.js";
import { Recorder } from "./recorder.js";
import type { Report } from "./report.js";
import type { Device, Stage } from "./stage.js";
import type { HostConnections } from "./transfer/index.js";

/** What an event plays on. Rule `session-is-an-event`: the loader, and the credentials in it, live as long as one. */
export function createStage(
  device: Device,
  connections: HostConnections,
  onProgress: (progress: Progress) => void,
): Stage {
  const recorder = new Recorder((progress) => {
    onProgress(progress);
    if (progress.kind === "transfer") tellDelegate(device, progress);
  });
  const stage: Omit<Stage, "loader"> = { ...device, recorder };
  const { signal, faults, clock, step } = device;
  const loader = createLoader({
    connections,
    recorder,
    signal,
    faults,
    clock,
    step,
    challenge: (challenge, handle) => challengeAnswer(challenge, handle, stage),
  });
  return { ...stage, loader };
}

/** The report of an event, with the faults that came to pass in it. */
export function endStage(
  { recorder, faults }: Stage,
  head: Pick<Report, "event" | "engine" | "host" | "hostReason" | "container">,
): Report {
  for (const fault of faults.takeOccurred()) recorder.fault(fault);
  for (const fault of faults.unused()) {
    recorder.diagnostic({
      code: "BA_FAULT_UNUSED",
      severity: "info",
      message: `The fault ${fault} has not come to pass.`,
      hint: "Check the identifier or the step after @; `ba-extension simulate --fault help` lists them.",
      location: null,
    });
  }
  return recorder.report(head);
}

function tellDelegate({ app, store }: Device, progress: Extract<Progress, { kind: "transfer" }>): void {
  const entry = findScheduled(store.state, progress.identifier);
  if (!app.delegate?.didWriteBytes || !entry) return;
  const { received, total } = progress;
  app.delegate.didWriteBytes(recordOf(entry, "downloading"), { received, expected: total });
}

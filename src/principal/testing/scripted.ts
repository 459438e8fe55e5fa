import { guestEvent, type GuestEvent, type HostCall, type HostReply } from "../../protocol/guest.js";
import type { GuestConnection, GuestHooks, LaunchFailure } from "../guest-connection.js";
import type { SystemServices } from "../options.js";
import type { Script, ScriptedFunction, ScriptedSystem, SystemCall, Vector } from "../vectors/format.js";

/** Plays the guest of a vector, and records what it was told. */
export function scriptedGuest(guest: Vector["guest"]) {
  const scripts: Script[] = "launchFailure" in guest ? [] : [...(guest.reoffers ?? []), guest];
  const late = "launchFailure" in guest ? [] : (guest.late ?? []);
  const events: GuestEvent[] = [];
  const hostReplies: HostReply[] = [];
  const launch = async (hooks: GuestHooks): Promise<GuestConnection> => {
    if ("launchFailure" in guest) {
      throw Object.assign(new Error(), { stderrTail: "", ...guest.launchFailure }) as LaunchFailure;
    }
    const started: Promise<void>[] = [];
    const say = async (call: HostCall, at = hostReplies.length++): Promise<void> => {
      hostReplies[at] = await hooks.onHostCall(call);
    };
    return {
      pid: 1,
      engine: "node",
      engineVersion: "0",
      callbacks: [],
      async dispatch(event, _deadline, on) {
        events.push(guestEvent.parse(event));
        const script = scripts[events.length - 1];
        if (!script) throw new Error(`The vector has no script for ${event.kind}.`);
        for (const step of script.say) {
          if ("log" in step) hooks.onLog(step.log.level, step.log.message);
          else if ("download" in step) on.download(step.download);
          else if ("together" in step) await Promise.all(step.together.map((call) => say(call)));
          else if ("start" in step) started.push(say(step.start));
          else await say(step.call);
        }
        return script.end;
      },
      async stop() {
        for (const { call } of late) await say(call);
        await Promise.all(started);
      },
      ping: async () => {},
      kill: () => {},
      privateDirtyBytes: () => null,
    };
  };
  /** Scripts of files that were not offered again. The message's own event need not come. */
  const unplayed = (): number => Math.max(0, scripts.length - 1 - events.length);
  return { events, hostReplies, launch, unplayed };
}

/** Plays the system's services of a vector, and records the calls; a control that is not held is not given back. */
export function scriptedSystem(script: ScriptedSystem = {}) {
  const answers = {
    schedule: [...(script.schedule ?? [])],
    cancel: [...(script.cancel ?? [])],
    acquireExclusiveControl: [...(script.acquireExclusiveControl ?? [])],
  };
  const calls: SystemCall[] = [];
  let held = false;
  const services: SystemServices = {
    async schedule(download) {
      calls.push({ schedule: download });
      return next("schedule", answers.schedule);
    },
    async cancel(uniqueIdentifier) {
      calls.push({ cancel: uniqueIdentifier });
      return next("cancel", answers.cancel);
    },
    currentDownloads: async () => script.currentDownloads ?? [],
    async acquireExclusiveControl(before) {
      calls.push({ acquireExclusiveControl: { before: before ?? null } });
      const answer = next("acquireExclusiveControl", answers.acquireExclusiveControl);
      if (answer === "never") return new Promise(() => {});
      held = answer === "granted";
      return answer === "granted" ? null : answer;
    },
    releaseExclusiveControl() {
      if (held) calls.push({ releaseExclusiveControl: {} });
      held = false;
    },
  };
  /** Answers that nobody asked for. Whether a request that never is answered comes before the end, is chance. */
  const unanswered = (): number =>
    Object.values(answers)
      .flat()
      .filter((answer) => answer !== "never").length;
  return { services, calls, unanswered };
}

function next<Answer>(name: string, answers: Answer[]): Answer {
  const [answer] = answers.splice(0, 1);
  if (answer === undefined) throw new Error(`The vector has no answer of the system to ${name}.`);
  return answer;
}

/** The app's functions of a vector. */
export function nativeFunctions(
  scripts: Readonly<Record<string, ScriptedFunction>>,
): Readonly<Record<string, (args: unknown) => unknown>> {
  const entries = Object.entries(scripts).map(([name, script]) => {
    const play = async (args: unknown): Promise<unknown> => {
      if ("throws" in script) throw new Error(script.throws);
      return "echoes" in script ? args : script.returns;
    };
    return [name, play] as const;
  });
  return Object.fromEntries(entries);
}

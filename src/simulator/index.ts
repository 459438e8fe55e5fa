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
import { defaultLocale, loadConfig } from "../config/index.js";
import { selectHost, type HostSelection } from "../hosts/index.js";
import { launchApp } from "./app.js";
import { connectAssets, type Assets } from "./assets.js";
import { createClock } from "./clock.js";
import { createExclusiveControl } from "./exclusive-control.js";
import { createFaults } from "./faults/index.js";
import type { Simulator, SimulatorEvent, SimulatorOptions } from "./options.js";
import { begin, dayMs, nothingToResume, requireApp } from "./events.js";
import { play } from "./play.js";
import type { Report } from "./report.js";
import { simulatedCrash, type Device } from "./stage.js";
import { createStage, endStage } from "./create-stage.js";
import { openState } from "./state.js";
import { wake, type Extension } from "./wake.js";

export type { HostName } from "../hosts/index.js";
export { SystemRefusal } from "./errors.js";
export { faultTable } from "./faults/index.js";
export type {
  AppDelegate,
  AppDownload,
  LocalServer,
  Progress,
  RunningApp,
  Simulator,
  SimulatorEvent,
  SimulatorOptions,
} from "./options.js";
export type { DownloadReport, Report } from "./report.js";

/**
 * Builds the handler, opens the state, serves the assets. Throws a `UserError` for what is wrong in the project: the
 * configuration, the handler's syntax, a state folder that cannot be written; or in the options: a fault that there is
 * not.
 */
export async function createSimulator(options: SimulatorOptions): Promise<Simulator> {
  const progress = options.onProgress ?? ((): void => {});
  const faults = createFaults(options.faults ?? [], (occurrence) => progress({ kind: "fault", ...occurrence }));
  const loaded = typeof options.project === "string" ? await loadConfig(resolve(options.project)) : options.project;
  const bundle = await buildBundle(loaded);
  const chosen = await selectHost(
    options.host,
    (message) => progress({ kind: "preparing", message }),
    loaded.config.mode,
  );
  progress({ kind: "host", host: chosen.host, reason: chosen.reason });
  const store = await openState(options.stateDirectory ?? join(loaded.root, ".ba", "state"), {
    fresh: options.fresh ?? false,
  });
  const assets = await connectAssets(loaded, store.certificates, options.server).catch(async (error: unknown) => {
    await store.close();
    throw error;
  });

  const clock = createClock(options.now ?? Date.now);
  const extension: Extension = {
    loaded,
    bundlePath: bundle.path,
    stackMapper: createStackMapper(bundle, loaded.root),
    host: chosen.host,
    container: store.container,
    now: () => clock.now(),
    locale: () => store.state.app?.locale ?? loaded.config.simulate?.locale ?? defaultLocale,
  };
  const disposal = new AbortController();
  let crashed = false;
  const device: Device = {
    extension,
    store,
    clock,
    control: createExclusiveControl(() => clock.now()),
    faults,
    app: { delegate: null },
    signal: options.signal ? AbortSignal.any([options.signal, disposal.signal]) : disposal.signal,
    step(step) {
      if (!faults.kills("system", step)) return;
      crashed = true;
      (options.crash ?? simulatedCrash)();
    },
  };
  return simulate({ device, assets, chosen, progress, isCrashed: () => crashed, disposal });
}

interface Parts {
  readonly device: Device;
  readonly assets: Assets;
  readonly chosen: HostSelection;
  readonly progress: NonNullable<SimulatorOptions["onProgress"]>;
  readonly isCrashed: () => boolean;
  readonly disposal: AbortController;
}

/** The simulator over its parts: events run one after another, as those of one device. */
function simulate({ device, assets, chosen, progress, isCrashed, disposal }: Parts): Simulator {
  const { store, clock } = device;
  let last: Promise<unknown> = Promise.resolve();
  const enqueue = <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(() => (isCrashed() ? simulatedCrash() : work()));
    last = next.catch(() => {});
    return next;
  };

  /** Plays what was interrupted, then the event; `null` is nothing new. */
  async function run(event: SimulatorEvent | null): Promise<Report> {
    const stage = createStage(device, assets.connections, progress);
    const { recorder } = stage;
    if (chosen.diagnostic) recorder.diagnostic(chosen.diagnostic);
    const { state } = store;
    if (event?.kind === "message") {
      await wake(event.message, stage);
    } else {
      if (state.app && state.event) {
        progress({ kind: "preparing", message: `Going on with ${state.event.kind}, which was interrupted.` });
        await play(state.app, stage);
      } else if (!event && state.queue.length === 0) {
        recorder.diagnostic(nothingToResume);
      }
      if (event) begin(event, stage);
      await store.save();
      if (event || state.queue.length > 0) await play(requireApp(state), stage);
    }
    device.signal.throwIfAborted();
    return endStage(stage, {
      event: event?.kind ?? "resume",
      engine: "node",
      host: chosen.host,
      hostReason: chosen.reason,
      container: store.container,
    });
  }

  async function advance(duration: number): Promise<Report[]> {
    const reports: Report[] = [];
    const end = clock.now() + duration;
    for (;;) {
      const asked = store.state.app?.lastContentRequest;
      const due = asked == null ? end + 1 : asked + dayMs;
      if (due > end) break;
      clock.pass(Math.max(0, due - clock.now()));
      reports.push(await run({ kind: "periodic" })); // rule `periodic-daily`
    }
    clock.pass(Math.max(0, end - clock.now()));
    return reports;
  }

  const dispose = async (): Promise<void> => {
    disposal.abort();
    device.control.release("app");
    await last;
    await assets.dispose();
    await store.close();
  };
  return {
    container: store.container,
    dispatch: (event) => enqueue(() => run(event)),
    resume: () => enqueue(() => run(null)),
    advance: (duration) => enqueue(() => advance(duration)),
    launchApp: (delegate = {}) =>
      enqueue(async () => {
        requireApp(store.state).launched = true; // rule `restricted-until-launch`
        await store.save();
        return launchApp(device, delegate, enqueue, async () => {
          await play(requireApp(store.state), createStage(device, assets.connections, progress));
        });
      }),
    dispose,
    [Symbol.asyncDispose]: dispose,
  };
}

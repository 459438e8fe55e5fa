/**
 * Runs the handler of a project in tests, against the simulated system. Works with any test runner.
 *
 * @example
 * await using simulator = await createSimulator({ project: ".", host: "worker" });
 * const report = await simulator.dispatch({ kind: "install" });
 * assert.equal(report.ok, true);
 * @module
 */
export { createSimulator, type TestSimulator, type TestSimulatorOptions } from "./simulator.js";
export { createFakeClock, type FakeClock } from "./clock.js";
export { listFiles, type Container } from "./container.js";
export { hostAvailable } from "./host-available.js";
export { matchers, type ExpectedError, type ExpectedFile, type ExtensionMatchers } from "./matchers/index.js";
export type { AppSettings } from "./settings.js";
export { startScriptedServer, type ScriptedServer, type ScriptedServerOptions } from "./scripted-server.js";
export type { ScriptedRequest, ScriptedResponse } from "../server/index.js";
export type { SystemMessage } from "../protocol/system.js";
export type {
  AppDelegate,
  AppDownload,
  DownloadReport,
  HostName,
  LocalServer,
  Progress,
  Report,
  RunningApp,
  Simulator,
  SimulatorEvent,
} from "../simulator/index.js";

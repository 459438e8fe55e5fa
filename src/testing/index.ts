/**
 * Runs the handler of a project in tests, against the simulated system. Works with any test runner.
 *
 * @example
 * await using simulator = await createSimulator({ project: ".", host: "worker" });
 * const report = await simulator.dispatch({ kind: "install" });
 * assert.equal(report.ok, true);
 * @module
 */
export { createSimulator, type TestSimulatorOptions } from "./simulator.js";
export { embeddedAvailable } from "./embedded-available.js";
export type { DownloadReport, HostName, Progress, Report, Simulator, SimulatorEvent } from "../simulator/index.js";

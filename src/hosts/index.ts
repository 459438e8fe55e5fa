/**
 * Hosts: what runs an extension process, always a child process. Launch and frames only; what is said in them is the
 * business of `principal/` and `guest/`.
 * @module
 */
export { checkHostEngine, hosts, hostTable, isHostName } from "./engines.js";
export { isAlive } from "./is-alive.js";
export type { GuestHostName, HostName } from "./host-name.js";
export type { LaunchOptions } from "./launch-command.js";
export { launchGuest } from "./launch.js";
export { LaunchError, type LaunchErrorCode } from "./launch-error.js";
export { selectHost, type HostSelection } from "./select.js";
export { runExtension, type ExtensionRun, type ExtensionRunOptions } from "./swift/run-extension.js";
export { swiftExtension } from "./swift/program.js";

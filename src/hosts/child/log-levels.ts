import type { LogEntry } from "../../protocol/system.js";

/** By the numbers of `Native.log` and `ba_log_level`. */
export const logLevels: readonly LogEntry["level"][] = ["debug", "info", "default", "error", "fault"];

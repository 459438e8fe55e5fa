import type { ExtensionReply } from "../protocol/extension.js";
import type { LogEntry, SystemReply } from "../protocol/system.js";
import { secretsIn } from "./challenge-answer.js";
import { Observations } from "./observations.js";
import type { PrincipalOptions } from "./options.js";

/**
 * The reply of a principal class in a process of its own, in terms of the user's files.
 *
 * @param logs of the process; what it wrote past its principal class may hold the credential of the answer
 */
export function tellReply(
  { observations, notifications, ...reply }: ExtensionReply,
  logs: readonly LogEntry[],
  options: Pick<PrincipalOptions, "mapError" | "mode">,
): SystemReply {
  const observed = new Observations(options);
  for (const { error, callback, severity } of observations) observed.diagnose(error, callback, severity);
  observed.notifications.push(...notifications);
  return { ...reply, ...observed.told(secretsIn(reply.answer), logs) };
}

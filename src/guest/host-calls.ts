import type { HostReply } from "../protocol/guest.js";
import type { Host } from "../sdk/host.js";
import type { Native } from "./native.js";
import { BAError } from "../sdk/errors.js";

/** The calls that the handler has started and the principal class has not answered. */
export function createHostCalls(native: Native): { call: Host["call"]; hostReply(call: number, json: string): void } {
  const pending = new Map<number, (reply: HostReply) => void>();
  return {
    call: (name, args) =>
      new Promise((resolve, reject) => {
        // Made here, where the handler called: the reply arrives on an empty stack.
        const error = new BAError("", "");
        pending.set(native.hostCall(JSON.stringify({ name, args })), (reply) => {
          // The principal answers with the result that `HostCalls` names.
          if (reply.ok) return resolve(reply.value as never);
          // V8 has put the empty message above the frames, which it indents.
          const stack = error.stack?.replace(/^.*\n(?= )/, () => `BAError: ${reply.error.message}\n`);
          reject(Object.assign(error, reply.error, { stack }));
        });
      }),
    hostReply(call, json) {
      pending.get(call)?.(JSON.parse(json) as HostReply);
      pending.delete(call);
    },
  };
}

import type { HostReply } from "../protocol/guest.js";
import type { Host } from "../sdk/host.js";
import { BAError } from "../sdk/errors.js";
import { native } from "./engine.js";
import { trace } from "./format.js";
import { parse, stringify } from "./json.js";

/** The calls that the handler has started and the principal class has not answered. */
const pending = new Map<number, (reply: HostReply) => void>();

export const call: Host["call"] = (name, args) =>
  new Promise((resolve, reject) => {
    // Made here, where the handler called: the reply arrives on an empty stack.
    const error = new BAError("", "");
    pending.set(native.hostCall(stringify({ name, args })), (reply) => {
      // The principal answers with the result that `HostCalls` names.
      if (reply.ok) return resolve(reply.value as never);
      Object.assign(error, reply.error);
      error.stack = trace(error);
      reject(error);
    });
  });

export const hostReply = (call: number, json: string): void => {
  pending.get(call)?.(parse(json) as HostReply);
  pending.delete(call);
};

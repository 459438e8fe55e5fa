/**
 * Our code inside the engine: takes events from the runtime, runs the handler's callbacks, and answers each event
 * exactly once. ES2022 without Node and without the DOM.
 * @module
 */
import type { GuestConfiguration, GuestEvent, GuestReply } from "../protocol/guest.js";
import type { DownloaderExtension } from "../sdk/define.js";
import type { Start } from "./native.js";
import type { Scope } from "./reader.js";
import { installHost } from "../sdk/host.js";
import { installConsole, levels, log } from "./console.js";
import { toGuestError } from "./errors.js";
import { answer } from "./events.js";
import { checkHandler } from "./handler.js";
import { createHostCalls } from "./host-calls.js";

/**
 * Makes the `start` export of a bundle. `start` throws a `BAError` `BA_HANDLER_…` for a handler that is not one.
 *
 * Callbacks run one after another, so that a handler's read-modify-write is safe; challenges do not wait, because
 * the transfer that another callback is about may be waiting for their answer.
 */
export function createStart(handler: unknown): Start {
  return (native, json) => {
    const { clockOffset, ...configuration } = JSON.parse(json) as GuestConfiguration;
    const { call, hostReply } = createHostCalls(native);
    installConsole(native);
    installHost({
      ...configuration,
      call,
      log: (level, message) => log(native, levels.indexOf(level), message),
      now: () => Date.now() + clockOffset,
    });
    const callbacks = checkHandler(handler);

    const run = async (number: number, event: GuestEvent): Promise<void> => {
      const scope: Scope = { closed: false };
      let reply: GuestReply = { status: "notImplemented" };
      try {
        if (callbacks.includes(event.kind))
          reply = await answer(number, event, handler as DownloaderExtension, native, call, scope);
      } catch (error) {
        reply = { status: "rejected", error: toGuestError(error) };
      }
      scope.closed = true;
      native.reply(number, JSON.stringify(reply));
    };

    /** Settles when the last callback that waits for its turn has been answered. */
    let idle: Promise<void> | undefined;
    return {
      callbacks,
      hostReply,
      dispatch(number, json) {
        const event = JSON.parse(json) as GuestEvent;
        const start = (): Promise<void> => run(number, event);
        if (event.kind === "didReceiveChallenge") void start();
        else idle = idle ? idle.then(start) : start();
      },
    };
  };
}

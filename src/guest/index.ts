/**
 * Our code inside the engine: takes events from the runtime, runs the handler's callbacks, and answers each event
 * exactly once. ES2022 without Node and without the DOM.
 * @module
 */
import type { GuestConfiguration, GuestEvent } from "../protocol/guest.js";
import type { Start } from "./native.js";
import { installHost } from "../sdk/host.js";
import { installConsole, logger } from "./console.js";
import { native, setNative } from "./engine.js";
import { toGuestError } from "./errors.js";
import { answer, type Handler } from "./events.js";
import { checkHandler } from "./handler.js";
import { call, hostReply } from "./host-calls.js";
import { parse, stringify } from "./json.js";
import { openFile, type Scope } from "./reader.js";

const end = (scope: Scope): void => {
  for (const close of scope.splice(0)) close();
};

/**
 * Makes the `start` export of a bundle. `start` throws a `BAError` `BA_HANDLER_…` for a handler that is not one.
 *
 * Callbacks run one after another, so that a handler's read-modify-write is safe, unless it asks for `concurrent`;
 * challenges do not wait, because the transfer that another callback is about may be waiting for their answer.
 */
export const createStart =
  (handler: unknown): Start =>
  (lent, json) => {
    const configuration = parse(json) as GuestConfiguration;
    let running = 0;
    /** Which callback asked for a file of the storage cannot be told: it stays open while any of them runs. */
    const shared: Scope = [];
    setNative(lent);
    installConsole();
    installHost({
      ...configuration,
      call,
      open: (name, file) => openFile(name, file, shared),
      logger,
      now: () => Date.now() + configuration.clockOffset,
    });
    const callbacks = checkHandler(handler, configuration.callbacks);

    const run = async (number: number, event: GuestEvent): Promise<void> => {
      const scope: Scope = [];
      running++;
      const reply = await answer(number, event, handler as Handler, scope).catch((error: unknown) =>
        stringify({ status: "rejected", error: toGuestError(error) }),
      );
      end(scope);
      if (!--running) end(shared);
      native.reply(number, reply);
    };

    /** Settles when the last callback that waits for its turn has been answered. */
    let idle: Promise<void> | undefined;
    return {
      callbacks,
      hostReply,
      dispatch(number, json) {
        const event = parse(json) as GuestEvent;
        const start = (): Promise<void> => run(number, event);
        if ((handler as Handler).concurrent || "challenge" in event) void start();
        else idle = idle ? idle.then(start) : start();
      },
    };
  };

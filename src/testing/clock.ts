import { UserError } from "../diagnostics/index.js";

/** A clock that stands still until it is told to go. Its functions need no `this`. */
export interface FakeClock {
  /** Milliseconds since 1970. */
  now(): number;
  /**
   * Moves the clock forward and plays nothing; `simulator.advance` plays the periodic checks as well.
   * @param duration milliseconds, not negative
   */
  advance(duration: number): void;
}

/**
 * A clock for `createSimulator({ now: clock.now })`, so that no test depends on when it runs. `simulator.advance` moves
 * the simulator's own clock, on top of this one.
 *
 * @param options.now when it is at first; defaults to 2026-01-01 00:00 UTC
 * @throws UserError `BA_CLOCK_INVALID` for what is no point in time or no duration
 */
export function createFakeClock(options: { readonly now?: number | Date | undefined } = {}): FakeClock {
  let now = (options.now ?? Date.UTC(2026, 0, 1)).valueOf();
  if (!Number.isFinite(now)) throw invalid(`The clock cannot start at ${String(options.now)}.`);
  return {
    now: () => now,
    advance(duration) {
      if (!(Number.isFinite(duration) && duration >= 0)) throw invalid(`The clock cannot go on by ${duration} ms.`);
      now += duration;
    },
  };
}

const invalid = (message: string): UserError =>
  new UserError("BA_CLOCK_INVALID", message, { hint: "Give finite milliseconds; a clock does not go backwards." });

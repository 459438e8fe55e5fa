import type { DownloadError } from "../sdk/index.js";

export type Holder = "app" | "extension";

/** Exclusive control of one device: app or extension has it, or nobody. Rules `exclusive-control`, `control-refused`. */
export interface ExclusiveControl {
  /**
   * Waits until it is free. `null` when it is had then; an error for a holder that has it already, and at `before`.
   * @param before milliseconds since 1970; one that has passed tries once
   */
  acquire(holder: Holder, before?: number): Promise<DownloadError | null>;
  /** Without effect for who has it not. */
  release(holder: Holder): void;
}

/** @param now Milliseconds since 1970, of the device. */
export function createExclusiveControl(now: () => number): ExclusiveControl {
  let held: Holder | null = null;
  let waiting: (() => void)[] = [];
  return {
    async acquire(holder, before) {
      if (held === holder) return refusal("EDEADLK", 11, `The ${holder} has exclusive control already.`);
      for (;;) {
        if (held === null) break;
        const left = before === undefined ? null : before - now();
        if (left !== null && left <= 0) return refusal("EAGAIN", 35, `The ${held} has exclusive control.`);
        await new Promise<void>((resolve) => {
          const timer = left === null ? undefined : setTimeout(resolve, left);
          waiting.push(() => {
            clearTimeout(timer);
            resolve();
          });
        });
      }
      held = holder;
      return null;
    },
    release(holder) {
      if (held !== holder) return;
      held = null;
      const next = waiting;
      waiting = [];
      for (const wake of next) wake();
    },
  };
}

/** Choice: Apple publishes no code. */
const refusal = (name: string, code: number, message: string): DownloadError => ({
  domain: "NSPOSIXErrorDomain",
  code,
  name,
  message,
  underlying: null,
  userInfo: {},
});

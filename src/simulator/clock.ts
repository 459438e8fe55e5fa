/** The time of one simulated device. It never waits: what takes time on a device passes at once. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** @param duration milliseconds */
  pass(duration: number): void;
}

/** @param base Milliseconds since 1970, to which what has passed is added. */
export function createClock(base: () => number): Clock {
  let passed = 0;
  return {
    now: () => base() + passed,
    pass(duration) {
      passed += duration;
    },
  };
}

/** What both threads know. `waiting`: one 32-bit count that they share. */
export interface Flow {
  readonly waiting: SharedArrayBuffer;
  /** How many messages may wait for the parent to read them, and at how many the worker goes on. */
  readonly most: number;
  readonly few: number;
}

/**
 * The main thread's side of a worker that waits while the parent is slow, as a native host waits in `write`: what the
 * handler yields must not pile up in memory. The worker's side is in `worker.ts`, which is a file of its own.
 */
export class FlowControl {
  readonly flow: Flow = { waiting: new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT), most: 256, few: 128 };
  readonly #waiting = new Int32Array(this.flow.waiting);

  /** One of the messages was written. */
  written(): void {
    if (Atomics.sub(this.#waiting, 0, 1) === this.flow.few + 1) Atomics.notify(this.#waiting, 0);
  }
}

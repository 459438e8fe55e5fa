/** How long a process may be silent: runs out once, unless it is started anew. */
export class Limit {
  #timer: NodeJS.Timeout | undefined;

  /** From now on, so many milliseconds, and no other limit. */
  start(ms: number, onSilence: () => void): void {
    this.end();
    this.#timer = setTimeout(onSilence, ms);
  }

  end(): void {
    clearTimeout(this.#timer);
  }
}

import type { DownloadError } from "../sdk/file.js";
import { BAError } from "../sdk/errors.js";
import type { SystemServices } from "./options.js";

/** Exclusive control during one event: held by its handler, or by the native side around one rename. */
export class ExclusiveControl {
  readonly #system: SystemServices;
  #owner: "handler" | "principal" | null = null;
  /** What the owner waits for or does, until it is done; never rejects. */
  #busy: Promise<unknown> = Promise.resolve();
  /** Ends a wait for the system. */
  #withdraw: (() => void) | undefined;
  #ended = false;

  constructor(system: SystemServices) {
    this.#system = system;
  }

  /** For the handler. @param before milliseconds since 1970 */
  async acquire(before: number | undefined): Promise<void> {
    while (this.#owner === "principal") await this.#busy;
    if (this.#owner) {
      throw new BAError("BA_EXCLUSIVE_CONTROL", "Exclusive control is held or asked for in this process already.");
    }
    await this.#own("handler", () => this.#request(before));
  }

  /** Does nothing where the handler does not hold it. */
  release(): void {
    if (this.#owner === "handler" && !this.#withdraw) this.#giveBack();
  }

  /** Runs `task` under control: the handler's, where it has it, else for as long as `task` takes. */
  async around<Value>(task: () => Promise<Value>): Promise<Value> {
    while (this.#owner === "principal" || this.#withdraw) await this.#busy;
    if (this.#owner === "handler") return task();
    return this.#own("principal", async () => {
      await this.#request(undefined);
      try {
        return await task();
      } finally {
        this.#giveBack();
      }
    });
  }

  /** The event has been answered: gives back what is held, and waits for nothing any more. */
  end(): void {
    this.#ended = true;
    if (this.#withdraw) this.#withdraw();
    else this.release();
  }

  async #own<Value>(owner: "handler" | "principal", work: () => Promise<Value>): Promise<Value> {
    this.#owner = owner;
    const busy = work();
    this.#busy = busy.catch(() => {});
    try {
      return await busy;
    } catch (error) {
      if (this.#owner === owner) this.#owner = null;
      throw error;
    }
  }

  #giveBack(): void {
    this.#owner = null;
    this.#system.releaseExclusiveControl();
  }

  #request(before: number | undefined): Promise<void> {
    if (this.#ended) return Promise.reject(tooLate());
    return new Promise((resolve, reject) => {
      this.#withdraw = () => {
        this.#withdraw = undefined;
        reject(tooLate());
        this.#system.releaseExclusiveControl();
      };
      const withdraw = this.#withdraw;
      const settle = (refusal: DownloadError | null): void => {
        if (this.#withdraw !== withdraw) {
          // Nobody waits any more.
          if (!refusal) this.#system.releaseExclusiveControl();
          return;
        }
        this.#withdraw = undefined;
        if (refusal) reject(refused(refusal));
        else resolve();
      };
      this.#system.acquireExclusiveControl(before).then(settle, reject);
    });
  }
}

const tooLate = (): BAError =>
  new BAError("BA_EXCLUSIVE_CONTROL", "The callback ended before exclusive control was had.");

const refused = ({ message }: DownloadError): BAError =>
  new BAError("BA_EXCLUSIVE_CONTROL", `Exclusive control was not to be had: ${message}`);

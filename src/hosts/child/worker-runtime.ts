import { Worker } from "node:worker_threads";
import { FlowControl } from "./flow-control.js";
import { logLevels } from "./log-levels.js";
import type { LoadOutcome, OnDownload, Runtime, RuntimeOptions, RuntimeOutcome } from "./runtime.js";
import type { FromWorker, ToWorker, WorkerInput } from "./worker-messages.js";

interface PendingEvent {
  readonly onDownload: OnDownload;
  readonly settle: (outcome: RuntimeOutcome) => void;
}

/** JavaScript in a Node worker thread; a deadline terminates the thread. */
export class WorkerRuntime implements Runtime {
  readonly #options: RuntimeOptions;
  readonly #pending = new Map<number, PendingEvent>();
  readonly #control = new FlowControl();
  #worker: Worker | undefined;
  /** Why no event can be answered any more. */
  #ended: Exclude<RuntimeOutcome, { outcome: "answered" }> | undefined;
  #settleLoad: ((outcome: LoadOutcome) => void) | undefined;

  constructor(options: RuntimeOptions) {
    this.#options = options;
  }

  load(bundlePath: string, configuration: string, deadlineMs: number): Promise<LoadOutcome> {
    return new Promise((resolve) => {
      const timer = startTimer(deadlineMs, () => {
        this.#end("deadline", `The handler did not load within ${deadlineMs} ms.`);
      });
      this.#settleLoad = (outcome) => {
        clearTimeout(timer);
        this.#settleLoad = undefined;
        resolve(outcome);
      };
      this.#worker = this.#startWorker({ bundlePath, configuration, flow: this.#control.flow });
    });
  }

  dispatch(id: number, event: string, deadlineMs: number, onDownload: OnDownload): Promise<RuntimeOutcome> {
    if (this.#ended) return Promise.resolve({ outcome: "engine", message: this.#ended.message });
    return new Promise((resolve) => {
      const timer = startTimer(deadlineMs, () => {
        pending.settle({ outcome: "deadline", message: `The handler did not answer within ${deadlineMs} ms.` });
        this.#end("engine", `The engine was stopped, because the handler did not answer within ${deadlineMs} ms.`);
      });
      const pending: PendingEvent = {
        onDownload,
        settle: (outcome) => {
          clearTimeout(timer);
          this.#pending.delete(id);
          resolve(outcome);
        },
      };
      this.#pending.set(id, pending);
      this.#post({ kind: "dispatch", id, json: event });
    });
  }

  answerHostCall(id: number, json: string): void {
    this.#post({ kind: "hostReply", id, json });
  }

  async stop(): Promise<void> {
    this.#end("stopped", "The engine was stopped.");
    await this.#worker?.terminate();
  }

  #post(message: ToWorker): void {
    if (!this.#ended) this.#worker?.postMessage(message);
  }

  #startWorker(workerData: WorkerInput): Worker {
    const worker = new Worker(new URL("./worker.js", import.meta.url), {
      name: "ba-extension-handler",
      workerData,
      resourceLimits: { maxOldGenerationSizeMb: this.#options.heapMegabytes, stackSizeMb: 4 },
    });
    worker.on("message", (message: FromWorker) => this.#receive(message));
    worker.on("error", (error) => this.#end("engine", describeError(error, this.#options.heapMegabytes)));
    worker.on("exit", (code) => this.#end("engine", `The handler ended the engine with exit code ${code}.`));
    return worker;
  }

  #receive(message: FromWorker): void {
    // What the thread said before it was terminated may still arrive.
    if (this.#ended) return;
    const written = (): void => this.#control.written();
    switch (message.kind) {
      case "loaded":
        return this.#settleLoad?.({ ok: true, callbacks: message.callbacks });
      case "loadFailed":
        return this.#settleLoad?.({ ok: false, error: message.error });
      case "download":
        // One that comes after the reply goes nowhere.
        return (this.#pending.get(message.id)?.onDownload ?? dropDownload)(message.json, written);
      case "reply":
        return this.#pending.get(message.id)?.settle({ outcome: "answered", reply: message.json });
      case "hostCall":
        return this.#options.onHostCall(message.id, message.json);
      case "log":
        return this.#options.onLog(logLevels[message.level] ?? "default", message.message, written);
    }
  }

  /** The first reason counts. */
  #end(outcome: "deadline" | "stopped" | "engine", message: string): void {
    if (this.#ended) return;
    this.#ended = { outcome, message };
    const code = outcome === "deadline" ? "BA_LOAD_DEADLINE" : "BA_ENGINE";
    this.#settleLoad?.({ ok: false, error: { code, message } });
    for (const pending of [...this.#pending.values()]) pending.settle(this.#ended);
    void this.#worker?.terminate();
  }
}

function dropDownload(_json: string, written: () => void): void {
  written();
}

function startTimer(deadlineMs: number, onDeadline: () => void): NodeJS.Timeout | undefined {
  return deadlineMs > 0 ? setTimeout(onDeadline, deadlineMs) : undefined;
}

function describeError(error: unknown, heapMegabytes: number): string {
  const { code, stack } = error as { readonly code?: unknown; readonly stack?: unknown };
  if (code === "ERR_WORKER_OUT_OF_MEMORY")
    return `The handler needed more than ${heapMegabytes} MiB of JavaScript heap.`;
  return `An uncaught error ended the engine: ${typeof stack === "string" ? stack : String(error)}`;
}

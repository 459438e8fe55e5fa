/**
 * What `embed-runtime/src/addon` exports: `ba_runtime.h` for JavaScript. Callbacks come on the main thread.
 * `status` is a `ba_status`.
 */
export interface Addon {
  readonly abiVersion: number;
  readonly engineName: string;
  readonly engineVersion: string;
  createRuntime(options: {
    readonly heapMegabytes: number;
    readonly onHostCall: (callId: number, json: string) => void;
    readonly onLog: (level: number, message: string) => void;
  }): AddonRuntime;
}

export interface AddonRuntime {
  load(bundlePath: string, configuration: string, deadlineMs: number, onReply: OnReply): void;
  dispatch(event: string, deadlineMs: number, onDownload: (json: string) => void, onReply: OnReply): void;
  answerHostCall(callId: number, json: string): void;
  stop(deadlineMs: number): Promise<void>;
  destroy(): void;
}

type OnReply = (status: number, text: string) => void;

/** `BA_ABI_VERSION` that this package was written for. */
export const abiVersion = 1;

/** The members of `ba_status` that are told apart here. */
export const Status = { ok: 0, deadline: 6, stopped: 7, load: 9 } as const;

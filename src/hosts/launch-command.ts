import type { GuestConfiguration, HostCall, HostReply } from "../protocol/guest.js";
import type { ChildFrame, ParentFrame } from "../protocol/frames.js";
import type { LogEntry } from "../protocol/system.js";
import type { GuestConnection } from "../principal/guest-connection.js";
import { encodeFrame } from "../protocol/frame-codec.js";
import { brokeProtocol, guestFrames, listen } from "./child-frames.js";
import { FrameConnection, graceMs, withTail } from "./connection.js";
import { startProcess, type ExtensionProcess, type HostCommand } from "./extension-process.js";
import type { GuestHostName } from "./host-name.js";
import { Limit } from "./limit.js";
import { LaunchError, type LaunchErrorCode } from "./launch-error.js";

/** How long a process may take to say `hello`: a first start from a cold disk on a loaded machine. */
export const helloLimitMs = 30_000;

export interface LaunchOptions {
  readonly host: GuestHostName;
  /** `path`: absolute path of the bundle. */
  readonly bundle: { readonly path: string };
  readonly configuration: GuestConfiguration;
  readonly loadDeadlineMs: number;
  /** Limit of the JavaScript heap in MiB. */
  readonly heapMegabytes: number;
  /** Answers a host call of the handler; never rejects. */
  onHostCall(call: HostCall): Promise<HostReply>;
  /** Logs of the handler, and lines that the process wrote to stdout (`default`) and stderr (`error`). */
  onLog(level: LogEntry["level"], message: string): void;
  /** Ends the process, also after the launch. */
  readonly signal?: AbortSignal | undefined;
}

/** What a launch needs besides the program. */
export type LoadOptions = Omit<LaunchOptions, "host">;

/** Starts a program that speaks the frames, and loads the handler. Throws `LaunchError`. */
export async function launchCommand(command: HostCommand, options: LoadOptions): Promise<GuestConnection> {
  if (options.signal?.aborted) throw aborted();
  const process = startProcess(command, (level, message) => options.onLog(level, message));
  const launch = new Launch(process, options);
  const onAbort = (): void => launch.abort();
  options.signal?.addEventListener("abort", onAbort, { once: true });
  void process.ended.then(() => options.signal?.removeEventListener("abort", onAbort));
  return launch.loaded;
}

/** The conversation of a launch: hello, load, loaded. Afterwards frames go to the connection. */
class Launch {
  readonly loaded: Promise<GuestConnection>;
  readonly #process: ExtensionProcess;
  readonly #options: LoadOptions;
  #resolve!: (connection: GuestConnection) => void;
  #reject!: (error: LaunchError) => void;
  readonly #silence = new Limit();
  #hello: Extract<ChildFrame, { kind: "hello" }> | undefined;
  #connection: FrameConnection | undefined;
  #settled = false;

  constructor(process: ExtensionProcess, options: LoadOptions) {
    this.#process = process;
    this.#options = options;
    this.loaded = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    this.#limit(helloLimitMs, `said nothing for ${helloLimitMs / 1000} s`);
    listen(process.output, guestFrames, {
      onFrame: (frame) => (this.#connection ? this.#connection.receive(frame) : this.#receive(frame)),
      onIgnored: (message) => options.onLog("error", message),
      onBroken: (problem) => this.#broken(problem),
    });
    void process.ended.then(({ how, started }) => {
      this.#fail(
        started ? "BA_HOST_CRASHED" : "BA_HOST_NOT_STARTED",
        `The extension process ${how}${started ? " before the handler was loaded" : ""}.`,
      );
    });
  }

  abort(): void {
    if (this.#connection) this.#connection.kill();
    else this.#settle(() => this.#reject(aborted()));
    this.#process.kill();
  }

  #receive(frame: ChildFrame): void {
    const { onLog } = this.#options;
    switch (frame.kind) {
      case "hello":
        if (this.#hello) return this.#broken('It sent the frame "hello" twice.');
        this.#hello = frame;
        return this.#load();
      case "loaded":
        return this.#connect(frame.callbacks);
      case "loadFailed":
        return this.#fail("BA_LOAD_FAILED", `The handler could not be loaded: ${frame.error.message}`, {
          guestError: frame.error,
        });
      case "log":
        return onLog(frame.level, frame.message);
      case "hostCall":
        void this.#options
          .onHostCall(frame.call)
          .then((reply) => this.#send({ kind: "hostReply", id: frame.id, reply }));
        return;
      default:
        return this.#broken(`It sent the frame "${frame.kind}" before "loaded".`);
    }
  }

  #load(): void {
    const { bundle, configuration, loadDeadlineMs, heapMegabytes } = this.#options;
    this.#limit(
      loadDeadlineMs + graceMs,
      `did not load the handler within ${graceMs} ms after its deadline of ${loadDeadlineMs} ms`,
    );
    this.#send({
      kind: "load",
      bundlePath: bundle.path,
      configuration,
      deadlineMs: loadDeadlineMs,
      limits: { heapMegabytes },
    });
  }

  #connect(callbacks: readonly string[]): void {
    const hello = this.#hello;
    if (!hello) return this.#broken('It sent the frame "loaded" before "hello".');
    this.#settle(() => {
      this.#connection = new FrameConnection(this.#process, { ...hello, callbacks }, this.#options);
      this.#resolve(this.#connection);
    });
  }

  #broken(problem: string): void {
    const message = brokeProtocol(problem);
    if (this.#connection) this.#connection.fail(message);
    else this.#fail("BA_HOST_PROTOCOL", message);
  }

  #limit(ms: number, what: string): void {
    this.#silence.start(ms, () => this.#fail("BA_HOST_TIMEOUT", `The extension process ${what}, and was ended.`));
  }

  #fail(code: LaunchErrorCode, message: string, details: ConstructorParameters<typeof LaunchError>[2] = {}): void {
    this.#settle(() => {
      const stderrTail = this.#process.stderrTail.toString();
      const text = code === "BA_LOAD_FAILED" ? message : withTail(message, stderrTail);
      this.#reject(new LaunchError(code, text, { ...details, stderrTail }));
      this.#process.kill();
    });
  }

  #settle(how: () => void): void {
    this.#silence.end();
    if (this.#settled) return;
    this.#settled = true;
    how();
  }

  #send(frame: ParentFrame): void {
    this.#process.input.write(encodeFrame(frame));
  }
}

function aborted(): LaunchError {
  return new LaunchError("BA_HOST_ABORTED", "The launch of the extension process was aborted.");
}

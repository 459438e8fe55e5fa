import type { GuestError, GuestEvent, HostCall, HostReply } from "../protocol/guest.js";
import { hostCallNames } from "../protocol/guest.js";
import type { HostCallName } from "../sdk/host-calls.js";
import { BAError } from "../sdk/errors.js";
import { ExclusiveControl } from "./exclusive-control.js";
import { errorNumber } from "./files.js";
import { services } from "./services/index.js";
import type { ProcessContext, Service, ServiceContext } from "./services/service.js";
import type { StagedFile } from "./staging.js";

/** Answers the host calls of one process, while one of its events is answered; before, between and after it refuses. */
export class HostCallScope {
  readonly #process: ProcessContext;
  readonly #running = new Set<Promise<HostReply>>();
  #event: ServiceContext | null = null;

  constructor(process: ProcessContext) {
    this.#process = process;
  }

  /** Begins an event. */
  open(event: GuestEvent, file: StagedFile | null): void {
    const readable = new Map<string, string>();
    if (event.kind === "downloads") readable.set(event.manifest.token, event.manifest.path);
    this.#event = {
      ...this.#process,
      file,
      readable,
      exclusiveControl: new ExclusiveControl(this.#process.system),
    };
  }

  /** From here on nothing can be claimed; resolves when the calls that had started have come to their end. */
  async close(): Promise<void> {
    const event = this.#event;
    this.#event = null;
    event?.exclusiveControl.end();
    await Promise.all(this.#running);
  }

  /** Never rejects. */
  async answer(call: HostCall): Promise<HostReply> {
    if (!this.#event) {
      return failure(
        "BA_EVENT_ENDED",
        `${call.name} was called outside a callback.`,
        "Await every call before the callback returns.",
      );
    }
    if (!isHostCallName(call.name)) {
      return failure(
        "BA_UNKNOWN_HOST_CALL",
        `The host has no service ${JSON.stringify(call.name)}.`,
        "Build the handler with the version of ba-extension that runs it.",
      );
    }
    // Each service checks the arguments that its name stands for; the union of all of them has no type of its own.
    const service = services[call.name] as unknown as Service<HostCallName>;
    const answer = answerCall(call, service, this.#event);
    if (service.abandoned) return answer;
    this.#running.add(answer);
    const reply = await answer;
    this.#running.delete(answer);
    return reply;
  }
}

async function answerCall(call: HostCall, service: Service<HostCallName>, context: ServiceContext): Promise<HostReply> {
  try {
    const args = service.args.safeParse(call.args);
    if (args.success) return { ok: true, value: await service.run(args.data, context) };
    const [issue] = args.error.issues;
    return failure("BA_HOST_CALL_INVALID", `${call.name}: \`${issue?.path.join(".")}\` is wrong: ${issue?.message}.`);
  } catch (error) {
    return { ok: false, error: toHostError(call.name, error) };
  }
}

const isHostCallName = (name: string): name is HostCallName => (hostCallNames as readonly string[]).includes(name);

function toHostError(name: string, error: unknown): GuestError {
  if (error instanceof BAError) {
    const { code, message, hint, systemError } = error;
    return { code, message, ...(hint !== undefined && { hint }), ...(systemError && { systemError }) };
  }
  const code = errorNumber(error);
  if (code === undefined) {
    return {
      code: "BA_INTERNAL",
      message: `${name} failed inside ba-extension: ${String(error)}`,
      hint: "Report this bug.",
    };
  }
  if (["EISDIR", "ENOTDIR", "ENOTEMPTY", "EEXIST"].includes(code)) {
    return {
      code: "BA_PATH_INVALID",
      message: `${name}: a folder is where a file should be, or a file where a folder should be.`,
      hint: "Choose another path, or remove what is there with storage.remove().",
    };
  }
  if (code === "ENOENT") {
    return {
      code: "BA_FILE_NOT_FOUND",
      message: `${name}: the file is gone.`,
      hint: "The system may purge files of the caches; check first.",
    };
  }
  if (code === "ENOSPC") {
    return { code: "BA_STORAGE_FULL", message: `${name}: the volume is full.`, hint: "Ask storage.available() first." };
  }
  return { code: "BA_STORAGE_FAILED", message: `${name}: the file system refused (${code}).` };
}

function failure(code: string, message: string, hint?: string): HostReply {
  return { ok: false, error: { code, message, ...(hint !== undefined && { hint }) } };
}

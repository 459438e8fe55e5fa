import type { GuestError, HostCall, HostReply } from "../protocol/guest.js";
import { hostCallNames } from "../protocol/guest.js";
import type { HostCallName } from "../sdk/host-calls.js";
import { BAError } from "../sdk/errors.js";
import { errorNumber } from "./files.js";
import { services } from "./services/index.js";
import type { Service, ServiceContext } from "./services/service.js";

/** Answers the host calls of one event, from its start to its reply; before and after it refuses them. */
export class HostCallScope {
  readonly #context: ServiceContext;
  readonly #running = new Set<Promise<HostReply>>();
  #open = false;

  constructor(context: ServiceContext) {
    this.#context = context;
  }

  open(): void {
    this.#open = true;
  }

  /** From here on nothing can be claimed; resolves when the calls that had started have come to their end. */
  async close(): Promise<void> {
    this.#open = false;
    await Promise.all(this.#running);
  }

  /** Never rejects. */
  async answer(call: HostCall): Promise<HostReply> {
    if (!this.#open) {
      return failure(
        "BA_EVENT_ENDED",
        `${call.name} was called outside a callback.`,
        "Await every call before the callback returns.",
      );
    }
    const answer = answerCall(call, this.#context);
    this.#running.add(answer);
    const reply = await answer;
    this.#running.delete(answer);
    return reply;
  }
}

async function answerCall(call: HostCall, context: ServiceContext): Promise<HostReply> {
  if (!isHostCallName(call.name)) {
    return failure(
      "BA_UNKNOWN_HOST_CALL",
      `The host has no service ${JSON.stringify(call.name)}.`,
      "Build the handler with the version of ba-extension that runs it.",
    );
  }
  // Each service checks the arguments that its name stands for; the union of all of them has no type of its own.
  const service = services[call.name] as unknown as Service<HostCallName>;
  const args = service.args.safeParse(call.args);
  if (!args.success) {
    const [issue] = args.error.issues;
    return failure("BA_HOST_CALL_INVALID", `${call.name}: \`${issue?.path.join(".")}\` is wrong: ${issue?.message}.`);
  }
  try {
    return { ok: true, value: await service.run(args.data, context) };
  } catch (error) {
    return { ok: false, error: toHostError(call.name, error) };
  }
}

const isHostCallName = (name: string): name is HostCallName => (hostCallNames as readonly string[]).includes(name);

function toHostError(name: string, error: unknown): GuestError {
  if (error instanceof BAError) {
    return { code: error.code, message: error.message, ...(error.hint !== undefined && { hint: error.hint }) };
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

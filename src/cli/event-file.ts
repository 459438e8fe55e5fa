import { randomUUID } from "node:crypto";
import { copyFile, mkdir, readFile, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { z } from "zod";
import { UserError } from "../diagnostics/index.js";
import { systemMessage, type SystemMessage } from "../protocol/system.js";
import type { Report, Simulator } from "../simulator/index.js";

/** Reads a message for `simulate --event`. Its paths may be relative to the file. */
export async function readEventFile(file: string): Promise<SystemMessage> {
  const parsed = systemMessage.safeParse(parse(await read(file), file));
  if (!parsed.success) {
    throw new UserError("BA_EVENT_INVALID", `${file} is no message of the system:\n${z.prettifyError(parsed.error)}`, {
      hint: "Start from a sample: ba-extension event content-request > event.json",
    });
  }
  return inFolderOf(file, parsed.data);
}

/**
 * Delivers it. The file that the message names is copied to the system's own place first, because the system gives
 * its files away: the extension moves or loses them, and the user's must stay.
 */
export async function deliverEventFile(message: SystemMessage, simulator: Simulator): Promise<Report> {
  const given = pathOf(message);
  if (given === null) return await simulator.dispatch({ kind: "message", message });
  const path = join(dirname(simulator.container), "system", randomUUID());
  await mkdir(dirname(path), { recursive: true });
  await copyFile(given, path).catch((cause: unknown) => {
    throw new UserError("BA_EVENT_FILE_MISSING", `The message names a file that cannot be read: ${given}`, {
      hint: "Correct the path in the message; it may be relative to the event file.",
      cause,
    });
  });
  try {
    return await simulator.dispatch({ kind: "message", message: withPath(message, path) });
  } finally {
    await rm(path, { force: true });
  }
}

function inFolderOf(file: string, message: SystemMessage): SystemMessage {
  const path = pathOf(message);
  return path === null ? message : withPath(message, resolve(dirname(file), path));
}

function pathOf(message: SystemMessage): string | null {
  if (message.kind === "contentRequest") return message.manifestPath;
  return message.kind === "downloadFinished" ? message.path : null;
}

function withPath(message: SystemMessage, path: string): SystemMessage {
  if (message.kind === "contentRequest") return { ...message, manifestPath: path };
  return message.kind === "downloadFinished" ? { ...message, path } : message;
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    throw new UserError("BA_EVENT_FILE_MISSING", `Couldn't read the event file ${file}.`, {
      hint: "Make one: ba-extension event content-request > event.json",
      cause,
    });
  }
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UserError(
      "BA_EVENT_INVALID",
      `${file} is not JSON: ${cause instanceof Error ? cause.message : String(cause)}`,
      {
        hint: "Start from a sample: ba-extension event content-request > event.json",
        cause,
      },
    );
  }
}

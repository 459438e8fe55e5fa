import type { Native, NativeRequest } from "../../guest/native.js";
import type { URLDownloadMessage } from "../../protocol/values.js";
import { checkArguments } from "./coded-error.js";
import { readBytes, readText } from "./worker-files.js";
import { createJsonFunctions } from "./worker-json.js";
import type { FromWorker } from "./worker-messages.js";

const priorities = ["min", "default", "max"] as const;

/** What the guest calls, on the worker thread: everything leaves as a message to the main thread. */
export function createNative(post: (message: FromWorker) => void): Native {
  let hostCalls = 0;
  return {
    emitDownload(event, identifier, url, fileSize, essential, priority, applicationGroupIdentifier, request) {
      const download = {
        identifier,
        request: toRequest(url, request),
        fileSize,
        essential,
        priority: priorities[priority],
        ...(applicationGroupIdentifier === undefined ? {} : { applicationGroupIdentifier }),
      } satisfies URLDownloadMessage;
      post({ kind: "download", id: event, json: JSON.stringify(download) });
    },
    reply: (event, json) => post({ kind: "reply", id: event, json }),
    hostCall(json) {
      hostCalls += 1;
      post({ kind: "hostCall", id: hostCalls, json });
      return hostCalls;
    },
    log: (level, message) => post({ kind: "log", level, message }),
    readText(path) {
      checkArguments(typeof path === "string", "readText(path)");
      return readText(path);
    },
    readBytes(path) {
      checkArguments(typeof path === "string", "readBytes(path)");
      return readBytes(path);
    },
    ...createJsonFunctions(),
  };
}

/** Options that the handler left to the system are absent. */
function toRequest(url: string, native: NativeRequest | undefined): URLDownloadMessage["request"] {
  if (!native) return { url };
  const { headers, ...options } = native;
  const named = Object.entries(options).filter(([, value]) => value !== undefined);
  return { url, ...(headers.length > 0 ? { headers: toRecord(headers) } : {}), ...Object.fromEntries(named) };
}

function toRecord(pairs: readonly string[]): Record<string, string> {
  const record: Record<string, string> = {};
  for (let at = 0; at + 1 < pairs.length; at += 2) record[pairs[at] ?? ""] = pairs[at + 1] ?? "";
  return record;
}

import type { PrincipalOptions } from "../../principal/options.js";
import { callFromExtensionNotAllowed } from "../../principal/services/download-manager.js";
import { callNative } from "../../principal/services/native.js";
import type { SystemCallMessage } from "../../protocol/extension.js";
import type { DownloadError } from "../../sdk/index.js";

/** Who answers the calls of an extension process. */
export interface SystemCallContext extends Pick<PrincipalOptions, "system" | "nativeFunctions"> {
  /** Whether the process that asked has ended. */
  ended(): boolean;
}

/** What a `systemResult` carries: a value as JSON, or the system's error. */
export interface SystemResult {
  readonly value?: unknown;
  readonly error: DownloadError | null;
}

/** Answers a call to `BADownloadManager`, or to a function of the app. Never rejects. */
export async function answerSystemCall(call: SystemCallMessage, context: SystemCallContext): Promise<SystemResult> {
  try {
    return await answer(call, context);
  } catch (error) {
    return failure(error);
  }
}

async function answer(
  call: SystemCallMessage,
  { system, nativeFunctions, ended }: SystemCallContext,
): Promise<SystemResult> {
  switch (call.name) {
    case "schedule": {
      const scheduled = await system.schedule(call.download, call.uniqueIdentifier);
      return done("domain" in scheduled ? scheduled : null);
    }
    case "startForegroundDownload":
      return done(callFromExtensionNotAllowed("Only the app can start downloads in the foreground."));
    case "cancel":
      return done(await system.cancel(call.uniqueIdentifier));
    case "currentDownloads":
      return { value: await system.currentDownloads(), error: null };
    case "acquireExclusiveControl": {
      const refusal = await system.acquireExclusiveControl(call.before ?? undefined);
      // Had too late: a process that is gone holds nothing.
      if (!refusal && ended()) system.releaseExclusiveControl();
      return done(refusal);
    }
    case "releaseExclusiveControl":
      system.releaseExclusiveControl();
      return done(null);
    case "nativeCall": {
      const called = Object.hasOwn(nativeFunctions, call.function) ? nativeFunctions[call.function] : undefined;
      if (!called) throw new Error(`The app has no native function ${JSON.stringify(call.function)}.`);
      return { value: await callNative(called, call.args), error: null };
    }
  }
}

const done = (error: DownloadError | null): SystemResult => ({ value: null, error });

/** An error that a function of the app threw, as its Swift would. */
export function failure(error: unknown): SystemResult {
  const message = error instanceof Error ? error.message : String(error);
  return done({ domain: "BANativeFunction", code: 1, name: null, message, underlying: null, userInfo: {} });
}

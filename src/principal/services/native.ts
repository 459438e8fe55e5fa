import { z } from "zod";
import { didYouMean } from "../../diagnostics/index.js";
import { BAError } from "../../sdk/errors.js";
import type { Service } from "./service.js";

/** Calls a function that the app registered. */
export const nativeCall: Service<"native.call"> = {
  args: z.object({ name: z.string(), args: z.unknown() }),
  abandoned: true,
  async run({ name, args }, { nativeFunctions }) {
    const called = Object.hasOwn(nativeFunctions, name) ? nativeFunctions[name] : undefined;
    if (!called) throw unknownFunction(name, Object.keys(nativeFunctions));
    try {
      return await callNative(called, args);
    } catch (error) {
      const { message } = error as Error;
      throw new BAError("BA_NATIVE_FAILED", `Native function ${JSON.stringify(name)} failed: ${message}`);
    }
  },
};

/**
 * Calls a function of the app. Its value as it travels: without what JSON has no words for; nothing at all is `null`.
 * Rejects with an `Error`, whatever the function throws.
 */
export async function callNative(called: (args: unknown) => unknown, args: unknown): Promise<unknown> {
  let value: unknown;
  try {
    value = await called(args);
  } catch (error) {
    throw error instanceof Error ? error : new Error(String(error));
  }
  if (value === undefined) return null;
  try {
    const json = JSON.stringify(value) as string | undefined;
    if (json !== undefined) return JSON.parse(json);
  } catch {
    // Circular, or a BigInt: no JSON either.
  }
  throw new Error("it returned what is not JSON.");
}

function unknownFunction(name: string, known: readonly string[]): BAError {
  const meant = didYouMean(name, known);
  const hint =
    meant === undefined
      ? known.length === 0
        ? "Add it to `simulate.nativeFunctions` in ba.config.ts."
        : `The app registers ${known.join(", ")}; ba.config.ts plays them in \`simulate.nativeFunctions\`.`
      : `Did you mean "${meant}"?`;
  return new BAError("BA_NATIVE_UNKNOWN", `The app has no native function ${JSON.stringify(name)}.`, { hint });
}

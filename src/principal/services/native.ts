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
    const result = await callNative(name, () => called(args));
    return toJson(name, result);
  },
};

async function callNative(name: string, call: () => unknown): Promise<unknown> {
  try {
    return await call();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new BAError("BA_NATIVE_FAILED", `Native function ${JSON.stringify(name)} failed: ${message}`);
  }
}

/** The value as it travels: without what JSON has no words for; nothing at all is `null`. */
function toJson(name: string, value: unknown): unknown {
  if (value === undefined) return null;
  try {
    const json = JSON.stringify(value) as string | undefined;
    if (json !== undefined) return JSON.parse(json);
  } catch {
    // Circular, or a BigInt: no JSON either.
  }
  throw new BAError("BA_NATIVE_FAILED", `Native function ${JSON.stringify(name)} returned what is not JSON.`);
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

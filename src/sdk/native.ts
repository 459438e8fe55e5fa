import { currentHost } from "./host.js";

/**
 * The functions that the app's Swift registers for the handler, by name: declare yours by merging. Arguments and results
 * are JSON. `simulate.nativeFunctions` in `ba.config.ts` plays them where there is no Swift.
 *
 * @example
 * declare module "ba-extension" {
 *   interface NativeFunctions {
 *     hasPurchased(productIdentifier: string): boolean;
 *   }
 * }
 * const purchased = await native.call("hasPurchased", "com.example.dlc");
 */
export interface NativeFunctions {}

type Names = keyof NativeFunctions & string;
/** One argument, or none: it travels as one JSON value. */
type Argument<Name extends Names> = NativeFunctions[Name] extends (
  ...args: infer Arguments extends readonly [unknown?]
) => unknown
  ? Arguments
  : never;
type Result<Name extends Names> = NativeFunctions[Name] extends (...args: never) => infer Returned
  ? Awaited<Returned>
  : never;

/** The app's own Swift: the way to everything that this package does not wrap. */
export const native = {
  /**
   * Calls a function that the app registered. At most one argument. Rejects with `BA_NATIVE_UNKNOWN` where there is no
   * such function, with `BA_NATIVE_FAILED` where it threw.
   */
  call: async <Name extends Names>(name: Name, ...args: Argument<Name>): Promise<Result<Name>> =>
    // That the result is of its type is the registered function's promise.
    (await currentHost("native.call").call("native.call", { name, args: args[0] ?? null })) as Result<Name>,
};

import type { Native } from "./native.js";

/** What the engine lends. A bundle has one engine: `start` is called once. */
export let native: Native;

export const setNative = (lent: Native): void => {
  native = lent;
};

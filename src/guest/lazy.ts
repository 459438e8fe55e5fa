import type { Items } from "../sdk/reader.js";

/** Items that `walk` makes, anew each time. Nothing is read before it is asked for, and nothing is kept. */
export const lazy = <T>(walk: () => Iterator<T> & Iterable<T>): Items<T> => ({
  [Symbol.iterator]: walk,
  find(test: (item: T) => boolean) {
    for (const item of walk()) if (test(item)) return item;
    return undefined;
  },
  filter: (test: (item: T) => boolean) =>
    lazy(function* () {
      for (const item of walk()) if (test(item)) yield item;
    }),
  map: (change) =>
    lazy(function* () {
      for (const item of walk()) yield change(item);
    }),
  take: (count) =>
    lazy(function* () {
      let taken = 0;
      for (const item of count >= 1 ? walk() : []) {
        yield item;
        // Before the loop asks for one more.
        if (++taken >= count) return;
      }
    }),
});

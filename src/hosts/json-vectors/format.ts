/** The format of the vectors, checked before one is played; `README.md` explains it to authors of runners. */
import { z } from "zod";

const repeat = z.strictObject({ repeat: z.array(z.tuple([z.string(), z.int()])) });
const text = z.union([z.string(), repeat]);

const file = z.union([
  z.strictObject({ text: z.string() }),
  z.strictObject({ base64: z.base64() }),
  repeat,
  z.strictObject({ linkTo: z.string() }),
  z.strictObject({ missing: z.literal(true) }),
  z.strictObject({ folder: z.literal(true) }),
  z.strictObject({ fifo: z.literal(true) }),
]);
export type VectorFile = z.infer<typeof file>;

const vector = z
  .strictObject({
    name: z.string(),
    file,
    error: z.strictObject({ code: z.string(), message: z.string() }).optional(),
    find: z.record(z.string(), z.union([text, z.null(), z.strictObject({ code: z.string() })])).optional(),
    list: z.record(z.string(), z.union([z.literal("neither"), z.array(z.string())])).optional(),
    everyPrefix: z.literal(true).optional(),
  })
  .refine(({ error, find, list }) => (error === undefined) !== (find === undefined && list === undefined));
export type Vector = z.infer<typeof vector>;

export const vectorFile = z.strictObject({ vectors: z.array(vector).min(1) });

/** The text that a vector means. */
export function expand(what: z.infer<typeof text>): string {
  return typeof what === "string" ? what : what.repeat.map(([part, count]) => part.repeat(count)).join("");
}

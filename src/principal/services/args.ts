import { z } from "zod";

const place = z.enum(["caches", "container"]).optional();

/** The arguments that most services share. */
export const placedPath = z.object({ path: z.string(), place });

export const twoPaths = z.object({ from: z.string(), to: z.string(), place });

/** Names a file that the event can read. */
export const token = z.string();

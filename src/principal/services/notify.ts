import { z } from "zod";
import type { Service } from "./service.js";

/** Posts a Darwin notification: here, it is recorded. */
export const notify: Service<"notify"> = {
  args: z.object({ name: z.string().min(1) }),
  async run({ name }, { notifications }) {
    notifications.push(name);
    return null;
  },
};

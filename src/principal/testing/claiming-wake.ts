import { join } from "node:path";
import { expect } from "vitest";
import type { GuestEvent } from "../../protocol/guest.js";
import { handleSystemMessage, type GuestConnection } from "../index.js";
import type { ClaimingWake } from "./kills.js";
import { quickOptions } from "./quick-options.js";

export const claimingWake: ClaimingWake = (root, message) =>
  handleSystemMessage(
    message,
    quickOptions(join(root, "container"), async ({ onHostCall }): Promise<GuestConnection> => ({
      pid: 1,
      engine: "node",
      engineVersion: "0",
      callbacks: [],
      async dispatch(event: GuestEvent) {
        if (event.kind === "downloadFinished") {
          const args = { token: event.file.token, path: "a" };
          expect(await onHostCall({ name: "file.moveTo", args })).toMatchObject({ ok: true });
        }
        return { outcome: "answered", reply: { status: "fulfilled", value: null } };
      },
      stop: async () => {},
      ping: async () => {},
      kill: () => {},
      privateDirtyBytes: () => null,
    })),
  );

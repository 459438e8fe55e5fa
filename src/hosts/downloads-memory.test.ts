import { describe, expect, it } from "vitest";
import { missingHost } from "../../test/missing-host.js";
import type { GuestHostName } from "./host-name.js";
import { dispatch, guestBundle, launch } from "./test-guest.js";

const hosts: readonly GuestHostName[] = ["worker", "embedded", "libnode"];
const count = 100_000;
const mebibyte = 1024 * 1024;

for (const host of hosts) {
  describe.skipIf(process.platform !== "linux" || (await missingHost(host)))(
    `many downloads in the host ${host}`,
    () => {
      it("do not pile up in memory, however fast the handler is", async () => {
        const bundle = guestBundle(
          `async (id) => {
          const start = ownBytes();
          let most = 0;
          async function* all() {
            for (let n = 0; n < ${count}; n += 1) yield n;
          }
          for await (const n of all()) {
            native.emitDownload(id, "asset-" + n, "https://assets.example.com/" + n, n, false, 1, undefined, undefined);
            if (n % 5000 === 0) most = Math.max(most, ownBytes());
          }
          native.log(2, String(most - start));
          done(id);
        }`,
          `const { readFileSync } = require("node:fs");
        const ownBytes = () => /Anonymous:\\s+(\\d+)/.exec(readFileSync("/proc/self/smaps_rollup", "utf8"))[1] * 1024;`,
        );
        const { guest, logs } = await launch(host, bundle);
        const { downloads, outcome } = await dispatch(guest, undefined, 0);
        expect(outcome.outcome).toBe("answered");
        expect(downloads).toHaveLength(count);
        expect(Number(logs.at(-1)?.message)).toBeLessThan(16 * mebibyte);
      });
    },
  );
}

import { closeSync, openSync, writeSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { missingHost } from "../../test/missing-host.js";
import type { GuestHostName } from "./host-name.js";
import { callInHost, filesOfTest, type NativeError } from "./test-json.js";

const mebibyte = 1024 * 1024;

interface Walked {
  readonly found: (string | null)[];
  readonly inward: string;
  readonly onward: string;
  readonly growth: number | null;
}

/** The native hosts map a file; the worker has its text in memory, and is given a smaller one. */
const hosts: readonly { readonly host: GuestHostName; readonly size: number; readonly limit: number }[] = [
  { host: "worker", size: 4 * mebibyte, limit: 32 * mebibyte },
  { host: "embedded", size: 100 * mebibyte, limit: 24 * mebibyte },
  { host: "libnode", size: 100 * mebibyte, limit: 24 * mebibyte },
];

for (const { host, size, limit } of hosts) {
  describe.skipIf(await missingHost(host))(`a file of ${size / mebibyte} MiB in the host ${host}`, () => {
    it("is an array of objects", async () => {
      const entry = (index: number): string => `{"id": ${index}, "url": "https://assets.example.com/${index}.pak"}`;
      const count = Math.ceil(size / entry(0).length);
      const walked = await walk(
        '{"version": 1, "assets": [',
        count,
        (index) => entry(index) + ",\n",
        `${entry(count)}]}`,
        {
          pointers: ["/assets/0/id", `/assets/${count}/url`, `/assets/${count + 1}`, "/version"],
          steps: 10,
        },
      );
      expect(walked.found).toEqual(["0", `"https://assets.example.com/${count}.pak"`, null, "1"]);
      expect(walked.onward).toBe('"1"[');
    });

    it("is one string", async () => {
      const walked = await walk('["', size / 16, () => "0123456789abcdef", '", 7]', { pointers: ["/1"], steps: 10 });
      expect(walked).toMatchObject({ found: ["7"], inward: '"', onward: '"7' });
    });

    it("is arrays inside of each other", async () => {
      const depth = size / 2;
      // Each level that is closed is checked, and the text behind all of them is found.
      const walked = await walk("[", depth / 16, () => "[".repeat(16), "[" + "]".repeat(depth + 1) + ", 7]", {
        pointers: ["/1", "/0/0/0/0/1"],
        steps: 10_000,
      });
      expect(walked).toMatchObject({ found: ["7", null], inward: "[".repeat(10_000), onward: "[7" });
    });

    it("ends too early", async () => {
      const pathOf = filesOfTest();
      write(pathOf(0), "[", size / 16, () => '"0123456789ab",\n', "1");
      const [error] = await callInHost<NativeError>(host, "compare", [pathOf(0)]);
      expect(error).toEqual({
        code: "BA_MALFORMED_JSON",
        message: `unexpected end at line ${size / 16 + 1}, column 2`,
      });
    });
  });

  async function walk(
    start: string,
    count: number,
    part: (index: number) => string,
    end: string,
    options: { readonly pointers: readonly string[]; readonly steps: number },
  ): Promise<Walked> {
    const path = filesOfTest()(0);
    write(path, start, count, part, end);
    const [walked] = await callInHost<Walked>(host, "large", [{ path, ...options }]);
    if (walked === undefined) throw new Error("The host said nothing.");
    if (process.platform === "linux") expect(walked.growth).toBeLessThan(limit);
    return walked;
  }
}

function write(path: string, start: string, count: number, part: (index: number) => string, end: string): void {
  const file = openSync(path, "w");
  let text = start;
  for (let index = 0; index < count; index += 1) {
    text += part(index);
    if (text.length > mebibyte) {
      writeSync(file, text);
      text = "";
    }
  }
  writeSync(file, text + end);
  closeSync(file);
}

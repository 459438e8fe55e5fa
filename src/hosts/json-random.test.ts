import { isUtf8 } from "node:buffer";
import { writeFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { describe, expect, it } from "vitest";
import { missingHost } from "../../test/missing-host.js";
import type { GuestHostName } from "./host-name.js";
import { callInHost, filesOfTest, type NativeError } from "./test-json.js";
import { damage, randomJson, seededRandom } from "./test-random-json.js";

const seed = Number(process.env["BA_TEST_SEED"] ?? 20260);
const documents = 3_000;
const hosts: readonly GuestHostName[] = ["worker", "embedded", "libnode"];
const missing = new Map<GuestHostName, boolean>();
for (const host of hosts) missing.set(host, await missingHost(host));

describe(`random JSON, of which BA_TEST_SEED=${seed} makes the same`, () => {
  it("is taken exactly when it is UTF-8 and JSON.parse takes it, and means the same; all hosts name the same error", async () => {
    const random = seededRandom(seed);
    const contents = Array.from({ length: documents }, (_, index) => {
      let content: Buffer = Buffer.from(randomJson(random));
      for (let times = index % 3; times > 0; times -= 1) content = damage(random, content);
      return content;
    });
    const pathOf = filesOfTest();
    contents.forEach((content, index) => writeFileSync(pathOf(index), content));
    const paths = contents.map((_, index) => pathOf(index));
    const results = new Map<GuestHostName, (string | NativeError)[]>();
    for (const host of hosts) if (!missing.get(host)) results.set(host, await callInHost(host, "compare", paths));

    const verdicts = contents.map(verdictOf);
    const [reference = []] = results.values();
    for (const [host, compared] of results) {
      const others = contents.flatMap((content, index) => {
        const [result, verdict, wanted] = [compared[index], verdicts[index], reference[index]];
        const agreed = codeOf(result) === verdict && isDeepStrictEqual(result, wanted);
        return agreed ? [] : [{ host, content: content.toString(), result, verdict, wanted }];
      });
      expect(others).toEqual([]);
    }
    // None of them may be rare, or the comparison says little.
    for (const code of ["same", "BA_MALFORMED_JSON", "BA_FILE_NOT_UTF8"]) {
      expect(verdicts.filter((verdict) => verdict === code).length).toBeGreaterThan(documents / 20);
    }
  });
});

function verdictOf(content: Buffer): string {
  if (!isUtf8(content)) return "BA_FILE_NOT_UTF8";
  try {
    JSON.parse(content.toString());
    return "same";
  } catch {
    return "BA_MALFORMED_JSON";
  }
}

function codeOf(result: string | NativeError | undefined): string | undefined {
  return typeof result === "string" ? result : result?.code;
}

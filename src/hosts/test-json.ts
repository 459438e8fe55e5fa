/** Helpers of the tests of the JSON reader: functions of `fixtures/json-guest.cjs`, called inside the engine of a host. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { GuestHostName } from "./host-name.js";
import { dispatch, guestBundle, launch, temporaryFolder } from "./test-guest.js";

export interface NativeError {
  readonly code: string;
  readonly message: string;
}

const guest = readFileSync(join(import.meta.dirname, "fixtures/json-guest.cjs"), "utf8");

/** Calls a function of the fixture once for each input, in one process of a host; their results, in order. */
export async function callInHost<Result>(
  host: GuestHostName,
  name: string,
  inputs: readonly unknown[],
): Promise<Result[]> {
  const folder = temporaryFolder();
  const [input, output] = [join(folder, "inputs.json"), join(folder, "results.json")];
  writeFileSync(input, JSON.stringify(inputs));
  const bundle = guestBundle(
    `(id) => {
      const { readFileSync, writeFileSync } = require("node:fs");
      const inputs = JSON.parse(readFileSync(${JSON.stringify(input)}, "utf8"));
      writeFileSync(${JSON.stringify(output)}, JSON.stringify(inputs.map((input) => guest.${name}(native, input))));
      done(id);
    }`,
    `const guest = {};
    (function (exports) { ${guest}
    })(guest);`,
  );
  const { guest: connection } = await launch(host, bundle);
  const { outcome } = await dispatch(connection, undefined, 0);
  await connection.stop();
  if (outcome.outcome !== "answered") throw new Error(`The host ${host} did not answer: ${outcome.message}`);
  return JSON.parse(readFileSync(output, "utf8")) as Result[];
}

/** A folder for many files of one test, and the path of each. */
export function filesOfTest(): (index: number) => string {
  const folder = join(temporaryFolder(), "files");
  mkdirSync(folder);
  return (index) => join(folder, `${index}.json`);
}

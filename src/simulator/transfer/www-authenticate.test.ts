import { expect, test } from "vitest";
import { parseWwwAuthenticate, protectionSpaces } from "./www-authenticate.js";

test.each<[string, [string, string | null][]]>([
  ['Basic realm="builds"', [["basic", "builds"]]],
  ["basic realm=builds", [["basic", "builds"]]],
  ['Basic charset="UTF-8", realm="a, b=\\"c\\""', [["basic", 'a, b="c"']]],
  [
    'Digest qop="auth", realm="d", Basic REALM = "b"',
    [
      ["digest", "d"],
      ["basic", "b"],
    ],
  ],
  [
    "Negotiate, NTLM",
    [
      ["negotiate", null],
      ["ntlm", null],
    ],
  ],
  [
    "NTLM TlRMTVNTUAAC==, Basic realm=x",
    [
      ["ntlm", null],
      ["basic", "x"],
    ],
  ],
  [", ,Basic realm=x,", [["basic", "x"]]],
  ["Basic", [["basic", null]]],
  ["", []],
  ['"oops', []],
])("%s", (header, expected) => {
  expect(parseWwwAuthenticate([header]).map(({ scheme, realm }) => [scheme, realm])).toEqual(expected);
});

test("a port is part of the space", () => {
  expect(protectionSpaces(new URL("https://a.example:8443/x"), ["Basic realm=x"])[0]).toMatchObject({
    host: "a.example",
    port: 8443,
  });
});

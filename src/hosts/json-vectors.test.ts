import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { isUtf8 } from "node:buffer";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { missingHost } from "../../test/missing-host.js";
import type { GuestHostName } from "./host-name.js";
import { expand, vectorFile, type Vector, type VectorFile } from "./json-vectors/format.js";
import { callInHost, filesOfTest, type NativeError } from "./test-json.js";

const hosts: readonly GuestHostName[] = ["worker", "embedded", "libnode"];
const folder = join(import.meta.dirname, "json-vectors");
const topics = readdirSync(folder).filter((name) => name.endsWith(".json"));

interface Played {
  readonly text: string | NativeError;
  readonly error?: NativeError;
  readonly find?: unknown[];
  readonly list?: unknown[];
  readonly closed?: string[];
  readonly numbers?: boolean;
}

for (const host of hosts) {
  describe.skipIf(await missingHost(host))(`JSON in the host ${host}`, () => {
    it.each(topics)("%s", async (topic) => {
      const { vectors } = vectorFile.parse(JSON.parse(readFileSync(join(folder, topic), "utf8")));
      const whole = vectors.flatMap((vector) => [vector, ...(vector.everyPrefix ? prefixesOf(vector) : [])]);
      const pathOf = filesOfTest();
      whole.forEach(({ file }, index) => place(pathOf(index), file));
      const inputs = whole.map(({ find = {}, list = {} }, index) => ({
        path: pathOf(index),
        find: Object.keys(find),
        list: Object.keys(list),
      }));
      const played = await callInHost<Played>(host, "vector", inputs);
      expect(played).toHaveLength(whole.length);
      for (const [index, vector] of whole.entries()) expectPlayed(vector, played[index]!, pathOf(index));
    });

    it("arguments of another type or from elsewhere", async () => {
      const path = filesOfTest()(0);
      writeFileSync(path, "[1]");
      const [results] = await callInHost<[string, NativeError][]>(host, "misuse", [path]);
      const usages = {
        jsonOpen: "jsonOpen(path)",
        jsonClose: "jsonClose(document)",
        jsonFind: "jsonFind(document, node, pointer)",
        jsonText: "jsonText(document, node)",
        jsonFirst: "jsonFirst(document, node)",
        jsonNext: "jsonNext(document, node)",
        jsonKind: "jsonKind(document, node)",
        readText: "readText(path)",
        readBytes: "readBytes(path)",
      };
      const other = (name: keyof typeof usages): [string, NativeError] => [
        name,
        { code: "BA_NATIVE_ARGUMENTS", message: `The bundle and the runtime differ: ${usages[name]}.` },
      ];
      const closed = { code: "BA_READER_CLOSED", message: "The file is closed." };
      const pointer = 'A JSON Pointer is empty or begins with "/", and "~" stands in it as "~0" or "~1" only.';
      const unreadable = {
        code: "BA_FILE_UNREADABLE",
        message: `The file cannot be read: ${path}\0. No such file or directory.`,
      };
      expect(results).toEqual([
        other("jsonOpen"),
        other("jsonOpen"),
        ["jsonOpen", unreadable],
        ["readText", unreadable],
        ...(["jsonClose", ...Array(7).fill("jsonFind")] as const).map(other),
        ["jsonFind", { code: "BA_POINTER_INVALID", message: pointer }],
        ["jsonFind", closed],
        ["jsonFind", closed],
        ...(["jsonText", "jsonText", "jsonFirst", "jsonNext", "jsonKind"] as const).map(other),
        ["jsonKind", closed],
        ...(["readText", "readBytes"] as const).map(other),
        ["jsonClose", "undefined", "undefined"],
      ]);
    });
  });
}

function expectPlayed({ name, file, error, find = {}, list = {} }: Vector, played: Played, path: string): void {
  const content = contentOf(file);
  if (error !== undefined) {
    const wanted = { ...error, message: error.message.replaceAll("$path", path) };
    const text = error.code.startsWith("BA_FILE_") ? wanted : content?.toString();
    expect({ name, ...played }).toEqual({ name, error: wanted, text });
    return;
  }
  const found = Object.values(find).map((what) =>
    what === null ? null : typeof what === "object" && "code" in what ? expect.objectContaining(what) : expand(what),
  );
  expect({ name, ...played }).toEqual({
    name,
    text: content?.toString(),
    find: found,
    list: Object.values(list),
    closed: ["undefined", "undefined", ...Array<string>(5).fill("BA_READER_CLOSED")],
    numbers: true,
  });
}

function prefixesOf({ name, file }: Vector): Vector[] {
  const content = contentOf(file) ?? Buffer.alloc(0);
  expect(content.length).toBeGreaterThan(1);
  return Array.from({ length: content.length }, (_, length) => {
    const prefix = content.subarray(0, length);
    let valid = length;
    while (!isUtf8(content.subarray(0, valid))) valid -= 1;
    const before = content.toString("utf8", 0, valid);
    const place = `line ${before.split("\n").length}, column ${before.length - before.lastIndexOf("\n")}`;
    const error =
      valid === length
        ? { code: "BA_MALFORMED_JSON", message: `unexpected end at ${place}` }
        : { code: "BA_FILE_NOT_UTF8", message: `byte 0x${hexOf(content[valid])} at ${place}` };
    return { name: `${name}: ${length} bytes`, file: { base64: prefix.toString("base64") }, error };
  });
}

function hexOf(byte: number | undefined): string {
  return byte?.toString(16).toUpperCase() ?? "none";
}

function contentOf(file: VectorFile): Buffer | undefined {
  if ("text" in file) return Buffer.from(file.text);
  if ("base64" in file) return Buffer.from(file.base64, "base64");
  if ("repeat" in file) return Buffer.from(expand(file));
  return "linkTo" in file ? Buffer.from(file.linkTo) : undefined;
}

function place(path: string, file: VectorFile): void {
  const content = contentOf(file);
  if (content !== undefined) writeFileSync("linkTo" in file ? `${path}.target` : path, content);
  if ("linkTo" in file) symlinkSync(`${path}.target`, path);
  else if ("folder" in file) mkdirSync(path);
  else if ("fifo" in file) execFileSync("mkfifo", [path]);
}

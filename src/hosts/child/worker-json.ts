import type { Native } from "../../guest/native.js";
import { checkArguments, codedError } from "./coded-error.js";
import { findJsonProblem } from "./json-problem.js";
import { findInJson, firstInJson, isJsonPointer, nextInJson, none, skipJson, skipSpace } from "./json-text.js";
import { placeIn, readText } from "./worker-files.js";

type JsonFunctions = Pick<
  Native,
  "jsonOpen" | "jsonClose" | "jsonFind" | "jsonText" | "jsonFirst" | "jsonNext" | "jsonKind"
>;

/** What `Native.jsonFirst` says of a node that is no container. */
const notContainer = -2;

/**
 * The JSON documents of a worker: what the C++ runtime does on a mapped file, on its text. A node is an offset plus one;
 * 0 is the root, too. All that they can do wrong, and the words for it, are those of the C++ runtime;
 * `src/hosts/json-vectors` holds both to the same.
 */
export function createJsonFunctions(): JsonFunctions {
  const texts = new Map<number, string>();
  let last = 0;

  /** The text of a document, and the offset of a node in it. */
  const open = (document: unknown, node: unknown, othersValid: boolean, usage: string): [text: string, at: number] => {
    checkArguments(typeof document === "number" && isCount(node) && othersValid, usage);
    const text = texts.get(document);
    if (text === undefined) throw codedError("BA_READER_CLOSED", "The file is closed.");
    checkArguments(node <= text.length, usage);
    return [text, node === 0 ? skipSpace(text, 0) : node - 1];
  };
  const toNode = (at: number): number => (at === none ? -1 : at + 1);

  return {
    jsonOpen(path) {
      checkArguments(typeof path === "string", "jsonOpen(path)");
      const text = readText(path);
      const problem = findJsonProblem(text);
      if (problem !== -1) throw malformed(text, problem);
      last += 1;
      texts.set(last, text);
      return last;
    },
    jsonClose(document) {
      checkArguments(typeof document === "number", "jsonClose(document)");
      texts.delete(document);
    },
    jsonFind(document, node, pointer) {
      const [text, at] = open(document, node, typeof pointer === "string", "jsonFind(document, node, pointer)");
      if (isJsonPointer(pointer)) return toNode(findInJson(text, at, pointer));
      throw codedError(
        "BA_POINTER_INVALID",
        'A JSON Pointer is empty or begins with "/", and "~" stands in it as "~0" or "~1" only.',
      );
    },
    jsonText(document, node) {
      const [text, at] = open(document, node, true, "jsonText(document, node)");
      return text.slice(at, skipJson(text, at));
    },
    jsonFirst(document, node) {
      const [text, at] = open(document, node, true, "jsonFirst(document, node)");
      return text[at] === "{" || text[at] === "[" ? toNode(firstInJson(text, at)) : notContainer;
    },
    jsonNext(document, node) {
      const [text, at] = open(document, node, true, "jsonNext(document, node)");
      return toNode(nextInJson(text, skipJson(text, at)));
    },
    jsonKind(document, node) {
      const [text, at] = open(document, node, true, "jsonKind(document, node)");
      return text.charAt(at);
    },
  };
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function malformed(text: string, at: number): Error {
  const code = text.codePointAt(at);
  const what = code === undefined ? "end" : JSON.stringify(String.fromCodePoint(code));
  return codedError("BA_MALFORMED_JSON", `unexpected ${what} at ${placeIn(text, at)}`);
}

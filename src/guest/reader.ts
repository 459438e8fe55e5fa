import type { FinishedFile } from "../sdk/file.js";
import type { HostCalls } from "../sdk/host-calls.js";
import type { Items, MappedFile } from "../sdk/reader.js";
import { BAError } from "../sdk/errors.js";
import { native } from "./engine.js";
import { call } from "./host-calls.js";
import { decode, toItem } from "./item.js";
import { parse } from "./json.js";
import { lazy } from "./lazy.js";

/** Results of the host calls about a file. */
type FileCalls = {
  [Name in keyof HostCalls as Name extends `file.${infer Rest}` ? Rest : never]: HostCalls[Name]["result"];
};

/** What the engine finds that a file is not; what it says then is where. All else it says in full. */
const formats: Readonly<Record<string, string>> = { BA_MALFORMED_JSON: "JSON", BA_FILE_NOT_UTF8: "UTF-8 text" };

/** What closes the files that are read as long as the same callback runs. */
export type Scope = (() => void)[];

/**
 * Reads a file through the engine, until the scope ends. `name`: for messages. Every file has every method, whatever the
 * type says that a handler sees: which one may be moved or kept is the principal's to say, by the token.
 */
export const openFile = (
  name: string,
  { path, size, token, attempt }: MappedFile & { readonly attempt?: number },
  scope: Scope,
): FinishedFile => {
  let closed = false;
  let document = 0;
  const close = (): void => {
    closed = true;
    if (document) native.jsonClose(document);
  };
  scope.push(close);
  /** Makes the host call `file.…`; `args`: all but the token. */
  const tell = <Name extends keyof FileCalls>(name: Name, args?: object): Promise<FileCalls[Name]> =>
    call(`file.${name}` as "file.moveTo", { ...args, token } as never) as Promise<never>;
  /** Asks the engine, which may refuse. */
  const ask = <T>(question: () => T): T => {
    if (closed) throw new BAError("BA_READER_CLOSED", `${name} is closed.`);
    try {
      return question();
    } catch (error) {
      const { code, message } = error as BAError;
      const format = formats[code];
      throw new BAError(code, format ? `${name} is not ${format}: ${message}.` : message);
    }
  };
  const map = (): number => (document ||= native.jsonOpen(path));
  const open = (): number => ask(map);
  const text = (): string => ask(() => native.readText(path));
  const find = (pointer: string): number => {
    open();
    return ask(() => native.jsonFind(document, 0, `${pointer}`));
  };
  const walk = (keyed: boolean, pointer = ""): Items<never> => {
    const parent = find(pointer);
    const first = parent < 0 ? -2 : native.jsonFirst(document, parent);
    if (first < -1) throw new BAError("BA_POINTER_NOT_FOUND", `${name} has no array or object at "${pointer}".`);
    const named = native.jsonKind(document, parent) === "{";
    return lazy(function* () {
      let index = 0;
      for (let node = first; node >= 0; node = native.jsonNext(open(), node)) {
        const key = keyed && (named ? decode(open(), node) : `${index++}`);
        if (named) node = native.jsonNext(open(), node);
        const item = toItem(open, node);
        yield (keyed ? [key, item] : item) as never;
      }
    });
  };
  return {
    size,
    attempt: attempt!,
    text,
    bytes: () => ask(() => native.readBytes(path)),
    json() {
      const content = text();
      try {
        return parse(content);
      } catch {
        // Throws, too, and says where.
        return decode(open(), 0);
      }
    },
    get(pointer) {
      const node = find(pointer);
      return node < 0 ? undefined : decode(document, node);
    },
    items: (pointer) => walk(false, pointer),
    entries: (pointer) => walk(true, pointer),
    sha256: () => tell("sha256"),
    copyTo: async (path, options) => (await tell("copyTo", { ...options, path })).path,
    async moveTo(path, options) {
      const moved = await tell("moveTo", { ...options, path });
      // The engine knows the file by its first path only.
      close();
      return moved.path;
    },
    keep: () => tell("keep") as Promise<never>,
  };
};

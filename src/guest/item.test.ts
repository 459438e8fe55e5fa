import { describe, expect, test } from "vitest";
import { BAError, urlDownload, type FileReader, type URLDownloadOptions } from "../sdk/index.js";
import { Engine } from "./testing/engine.js";
import { contentRequest, finished } from "./testing/events.js";
import { readManifest, temporaryFile } from "./testing/read.js";

type Item = Record<string, unknown>;

/** Every name that an object has a surprise for, and every kind of value. */
const text = String.raw`{
  "id": "a\u00e4\ud83d\ude00\ud800", "10": "ten", "2": "two", "-1": "minus", "01": 1, "4294967295": "no index",
  "__proto__": { "polluted": true }, "toString": "text", "constructor": 1, "then": "t", "toJSON": "j", "valueOf": null,
  "next": "n", "hasOwnProperty": false, "Symbol(Symbol.iterator)": 1,
  "a/b": 1, "m~n": 2, "~1": 3, "": 4, "\ud83d\ude00": 5, "quote\"": 6, "\\u0061": 7,
  "twice": 1, "twice": 2, "nothing": null, "no": false, "big": 9007199254740993, "small": -0.5e-10, "zero": -0,
  "list": [1, { "x": [] }], "nested": { "y": { "z": 1 } },
  "open": "o", "node": 0, "value": "v"
}`;
const plain = JSON.parse(text) as Item;
const names = Object.keys(plain);

const withItem = <T>(body: (item: Item, engine: Engine) => T | Promise<T>, json = text) =>
  readManifest(`[${json}]`, (manifest, engine) => {
    const [item] = manifest.items<Item>();
    if (!item) throw new Error("There is no item.");
    return body(item, engine);
  });

describe("an item is a plain object", () => {
  const views: Record<string, (item: Item) => unknown> = {
    "Object.keys": Object.keys,
    "Object.values": Object.values,
    "Object.entries": Object.entries,
    "Object.getOwnPropertyNames": Object.getOwnPropertyNames,
    "Object.getOwnPropertySymbols": Object.getOwnPropertySymbols,
    "Reflect.ownKeys": Reflect.ownKeys,
    "Object.getPrototypeOf": Object.getPrototypeOf,
    "Object.getOwnPropertyDescriptors": (item) => Object.entries(Object.getOwnPropertyDescriptors(item)),
    "Object.isExtensible": Object.isExtensible,
    "Object.isFrozen": Object.isFrozen,
    "Object.prototype.toString": (item) => Object.prototype.toString.call(item),
    "JSON.stringify": (item) => JSON.stringify(item),
    "JSON.stringify, indented": (item) => JSON.stringify({ item }, null, 2),
    "a spread": (item) => ({ ...item }),
    "the order of a spread": (item) => Object.keys({ ...item }),
    "structuredClone of a spread": (item) => structuredClone({ ...item }),
    "Object.assign": (item) => Object.assign({}, item),
    "the rest of a pattern": ({ id: _, ...rest }) => rest,
    "for … in": (item) => {
      const seen = [];
      for (const name in item) seen.push(name);
      return seen;
    },
    "Array.isArray": Array.isArray,
    typeof: (item) => typeof item,
    instanceof: (item) => [item instanceof Object, item instanceof Array, item instanceof Promise],
    "an iteration": (item) => Symbol.iterator in item || item[Symbol.iterator as unknown as string],
    "a comparison of texts": (item) => {
      try {
        return String(item);
      } catch (error) {
        return (error as Error).name;
      }
    },
  };

  test.each(Object.keys(views))("%s", async (name) => {
    await withItem((item) => {
      const view = views[name]!;
      expect(view(item)).toStrictEqual(view(plain));
      // And again, when the item is in memory.
      expect(view(item)).toStrictEqual(view(plain));
    });
  });

  test.each([...names, "missing", "isPrototypeOf", "propertyIsEnumerable", "0", "polluted", "length"])(
    "the property %j",
    async (name) => {
      const views: ((item: Item) => unknown)[] = [
        (item) => item[name],
        (item) => name in item,
        (item) => Object.hasOwn(item, name),
        (item) => Object.prototype.hasOwnProperty.call(item, name),
        (item) => Object.getOwnPropertyDescriptor(item, name),
        (item) => Reflect.get(item, name),
        (item) => Reflect.has(item, name),
      ];
      await withItem((item) => {
        for (const materialised of [false, true]) {
          if (materialised) Object.keys(item);
          for (const view of views) expect(view(item)).toStrictEqual(view(plain));
        }
      });
    },
  );

  test("with the prototype's methods and accessors, where the file names nothing so", async () => {
    await withItem((item) => {
      expect(item.hasOwnProperty("id")).toBe(true);
      expect(item.hasOwnProperty("x")).toBe(false);
      expect(item.propertyIsEnumerable("id")).toBe(true);
      expect(`${item}`).toBe("[object Object]");
      expect(item["__proto__"]).toBe(Object.prototype);
      expect(item.constructor).toBe(Object);
      expect(Object.is(item.valueOf(), item)).toBe(true);
    }, '{"id":1}');
  });

  test("in a log", async () => {
    await withItem((item, engine) => {
      // oxlint-disable-next-line no-console -- the guest's console is what is tested
      console.log("item", item);
      expect(engine.logs.at(-1)?.message).toBe(`item ${JSON.stringify(plain)}`);
    });
  });

  test("a touched property is read, and the rest is not", async () => {
    const reads: string[] = [];
    await withItem((item, engine) => {
      engine.onText = (read) => void reads.push(read);
      expect(item.id).toBe(plain.id);
      expect(item.nested).toEqual({ y: { z: 1 } });
      expect(item.missing).toBeUndefined();
    });
    expect(reads).toEqual([String.raw`"a\u00e4\ud83d\ude00\ud800"`, '{ "y": { "z": 1 } }']);
  });

  test("what is nested in it is the handler's own", async () => {
    await withItem((item) => {
      const nested = item.nested as { y: unknown };
      nested.y = 2;
      expect(nested).toEqual({ y: 2 });
      expect(item.nested).toEqual(plain.nested);
    });
  });

  test("from an async function, a promise, a race", async () => {
    await withItem(async (item) => {
      expect(Object.is(await (async () => item)(), item)).toBe(true);
      expect(Object.is(await Promise.resolve(item), item)).toBe(true);
      expect(Object.is(await Promise.race([item, new Promise(() => {})]), item)).toBe(true);
      expect(Object.is((await Promise.all([item, 1]))[0], item)).toBe(true);
    });
  });

  test("that a callback may return, whatever it holds", async () => {
    using engine = new Engine({
      downloads: ({ manifest }: { manifest: FileReader }) => [...manifest.items()],
      downloadFinished: (_: unknown, file: FileReader) => file.items().find(() => true),
    });
    const manifest = temporaryFile(
      '[{"identifier":"a","request":"https://a.example/a","fileSize":1,"next":2,"then":3}]',
    );
    expect(await engine.dispatch(contentRequest({ manifest }))).toEqual({ status: "fulfilled" });
    expect(engine.emitted).toEqual([[1, "a", "https://a.example/a", 1, false, 1, undefined, undefined]]);
    expect(await engine.dispatch(finished(manifest.path, manifest.size))).toEqual({ status: "fulfilled" });
  });

  test("that urlDownload takes", async () => {
    const json = '{"identifier":"a","request":"https://a.example/a","fileSize":1}';
    await withItem((item) => {
      expect(urlDownload(item as unknown as URLDownloadOptions)).toMatchObject({ identifier: "a", fileSize: 1 });
    }, json);
  });

  test("each loop has its own", async () => {
    await readManifest("[{}]", (manifest) => {
      const items = manifest.items();
      expect(Object.is([...items][0], [...items][0])).toBe(false);
    });
  });
});

describe("an item cannot be changed", () => {
  const changes: Record<string, (item: Item) => unknown> = {
    "an assignment": (item) => (item["id"] = 1),
    "an assignment of a new name": (item) => (item["new"] = 1),
    "an assignment to a name of ours": (item) => (item["node"] = 1),
    "Object.assign": (item) => Object.assign(item, { id: 1 }),
    delete: (item) => delete item["id"],
    "delete of nothing": (item) => delete item["new"],
    "Object.defineProperty": (item) => Object.defineProperty(item, "id", { value: 1 }),
    "Object.freeze": Object.freeze,
    "Object.seal": Object.seal,
    "Object.preventExtensions": Object.preventExtensions,
    "Object.setPrototypeOf": (item) => Object.setPrototypeOf(item, null),
    "Reflect.set": (item) => Reflect.set(item, "id", 1),
  };

  test.each(Object.keys(changes))("by %s", async (name) => {
    await withItem((item) => {
      for (const materialised of [false, true]) {
        if (materialised) Object.keys(item);
        expect(() => changes[name]!(item)).toThrow(BAError);
        expect(() => changes[name]!(item)).toThrow(
          expect.objectContaining({ code: "BA_ITEM_READ_ONLY", message: "An item of a file cannot be changed." }),
        );
        expect(JSON.stringify(item)).toBe(JSON.stringify(plain));
      }
    });
  });

  test("by `__proto__`", async () => {
    await withItem((item) => {
      expect(() => (item["__proto__"] = {})).toThrow(expect.objectContaining({ code: "BA_ITEM_READ_ONLY" }));
      expect(Object.getPrototypeOf(item)).toBe(Object.prototype);
    }, "{}");
  });

  test("but its copies can, and what inherits from it", async () => {
    await withItem((item) => {
      expect({ ...item, id: 1 }).toStrictEqual({ ...plain, id: 1 });
      const heir = Object.create(item) as Item;
      heir["id"] = 1;
      expect(heir.id).toBe(1);
      expect(item.id).toBe(plain.id);
    });
  });
});

describe("after the event", () => {
  const touches: Record<string, (item: Item) => unknown> = {
    "a property": (item) => item["id"],
    "a property that the prototype has": (item) => item.isPrototypeOf,
    "a symbol": (item) => item[Symbol.iterator as unknown as string],
    in: (item) => "id" in item,
    "Object.keys": Object.keys,
    "Object.hasOwn": (item) => Object.hasOwn(item, "id"),
    "JSON.stringify": (item) => JSON.stringify(item),
    "a spread": (item) => ({ ...item }),
  };

  test.each(Object.keys(touches))("%s finds the file closed", async (name) => {
    const kept: Item[] = [];
    await withItem((item) => void kept.push(item));
    await withItem((item) => void (Object.keys(item), kept.push(item)));
    for (const item of kept) {
      expect(() => touches[name]!(item)).toThrow(BAError);
      expect(() => touches[name]!(item)).toThrow(
        expect.objectContaining({ code: "BA_READER_CLOSED", message: "The manifest is closed." }),
      );
    }
    expect(kept).toHaveLength(2);
  });

  test("what was decoded stays", async () => {
    const nested = await withItem((item) => ({ value: item["nested"], copy: { ...item } }));
    expect(nested).toEqual({ value: plain["nested"], copy: plain });
  });

  test("one that is thrown does not hide that the handler failed", async () => {
    const kept: { item?: Item } = {};
    await withItem((item) => void (kept.item = item));
    using engine = new Engine({
      downloads: () => {
        throw kept.item;
      },
    });
    expect(await engine.dispatch(contentRequest())).toMatchObject({
      status: "rejected",
      error: { code: "BA_HANDLER_THREW", message: "[object] (not an Error)" },
    });
  });
});

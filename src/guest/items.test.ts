import { describe, expect, test } from "vitest";
import type { FileReader, Items } from "../sdk/index.js";
import { BAError } from "../sdk/index.js";
import type { Engine } from "./testing/engine.js";
import { readManifest } from "./testing/read.js";

interface Asset {
  readonly id: number;
}

/** Ten assets. Their ids are those of an array, from 0. */
const content = JSON.stringify({ assets: Array.from({ length: 10 }, (_, id) => ({ id })) });
const withAssets = <T>(body: (assets: Items<Asset>, engine: Engine, manifest: FileReader) => T | Promise<T>) =>
  readManifest(content, (manifest, engine) => body(manifest.items<Asset>("/assets"), engine, manifest));
const ids = (assets: Iterable<Asset>): number[] => [...assets].map(({ id }) => id);
const closed = expect.objectContaining({ code: "BA_READER_CLOSED", message: "The manifest is closed." });

describe("what items() and entries() walk over", () => {
  test.each<[string, string, unknown[], unknown[]]>([
    ["[]", "", [], []],
    ["{}", "", [], []],
    [
      ' [ 1 , "a\\n" , null , [ 2 ] ] ',
      "",
      [1, "a\n", null, [2]],
      [
        ["0", 1],
        ["1", "a\n"],
        ["2", null],
        ["3", [2]],
      ],
    ],
    [
      '{"b":true,"a":{"x":[1]}}',
      "",
      [true, { x: [1] }],
      [
        ["b", true],
        ["a", { x: [1] }],
      ],
    ],
    [
      '{"a":[[],{}]}',
      "/a",
      [[], {}],
      [
        ["0", []],
        ["1", {}],
      ],
    ],
    ['[{"":{"\\u00e4":1}}]', "/0/", [1], [["ä", 1]]],
  ])("%s at %j", async (text, pointer, items, entries) => {
    await readManifest(text, (manifest) => {
      expect([...manifest.items(pointer)].map((item) => JSON.stringify(item))).toEqual(
        items.map((item) => JSON.stringify(item)),
      );
      const found = [...manifest.entries(pointer)];
      expect(found.map(([key]) => key)).toEqual(entries.map((entry) => (entry as [string])[0]));
      expect(JSON.stringify(found)).toBe(JSON.stringify(entries));
      expect(JSON.stringify([...manifest.items(pointer || undefined)])).toBe(JSON.stringify(items));
    });
  });

  test("members come as the file has them: in its order, and a name that is there twice comes twice", async () => {
    const entries = await readManifest('{"b":1,"2":2,"1":3,"b":4}', (manifest) => [...manifest.entries()]);
    expect(entries).toEqual([
      ["b", 1],
      ["2", 2],
      ["1", 3],
      ["b", 4],
    ]);
  });

  test.each([
    ["nothing", "/missing"],
    ["a text", "/text"],
    ["a number", "/number"],
    ["null", "/nothing"],
    ["false", "/no"],
  ])("where %s is, both throw at once", async (_, pointer) => {
    await readManifest('{"text":"[]","number":1,"nothing":null,"no":false}', (manifest) => {
      for (const walk of ["items", "entries"] as const) {
        expect(() => manifest[walk](pointer)).toThrow(BAError);
        expect(() => manifest[walk](pointer)).toThrow(
          expect.objectContaining({
            code: "BA_POINTER_NOT_FOUND",
            message: `The manifest has no array or object at "${pointer}".`,
          }),
        );
      }
    });
  });
});

describe("laziness", () => {
  test("nothing is read before it is asked for, and no more than that", async () => {
    await withAssets((assets, engine) => {
      const derived = assets.filter(({ id }) => id > 1).map(({ id }) => id);
      expect(engine.steps).toBe(0);
      const walk = derived[Symbol.iterator]();
      expect(walk.next().value).toBe(2);
      expect(engine.steps).toBe(2);
    });
  });

  test("can be walked over again, and by two at a time", async () => {
    await withAssets((assets) => {
      expect(ids(assets)).toEqual(ids(assets));
      const pairs = [...assets.take(2)].flatMap((a) => [...assets.take(2)].map((b) => [a.id, b.id]));
      expect(pairs).toEqual([
        [0, 0],
        [0, 1],
        [1, 0],
        [1, 1],
      ]);
      const [first, second] = [assets[Symbol.iterator](), assets[Symbol.iterator]()];
      first.next();
      expect([first.next().value?.id, second.next().value?.id]).toEqual([1, 0]);
    });
  });

  test("a loop may be left early", async () => {
    await withAssets((assets, engine) => {
      for (const { id } of assets) if (id === 3) break;
      expect(engine.steps).toBe(3);
      const [first] = assets;
      expect(first?.id).toBe(0);
      expect(engine.steps).toBe(3);
    });
  });

  test("find() stops where it finds", async () => {
    await withAssets((assets, engine) => {
      expect(assets.find(({ id }) => id === 4)?.id).toBe(4);
      expect(engine.steps).toBe(4);
      expect(assets.find(() => false)).toBeUndefined();
    });
  });

  test.each([
    [0, []],
    [-1, []],
    [Number.NaN, []],
    [0.5, []],
    [1, [0]],
    [3, [0, 1, 2]],
    [10, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
    [Infinity, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
  ])("take(%d) reads no item more than it needs", async (count, expected) => {
    await withAssets((assets, engine) => {
      const read: number[] = [];
      const taken = assets.map((asset) => (read.push(asset.id), asset)).take(count);
      expect(ids(taken)).toEqual(expected);
      expect(read).toEqual(expected);
      expect(engine.steps).toBe(count > 10 ? 10 : Math.max(expected.length - 1, 0));
      expect(ids(taken)).toEqual(expected);
    });
  });

  test("they combine", async () => {
    await withAssets((assets, engine) => {
      const some = assets
        .filter(({ id }) => id % 2 === 1)
        .map(({ id }) => ({ id: id * 10 }))
        .take(2);
      expect(ids(some)).toEqual([10, 30]);
      expect(some.find(({ id }) => id > 10)).toEqual({ id: 30 });
      expect(ids(some.filter(({ id }) => id < 30))).toEqual([10]);
      expect(engine.steps).toBe(3 + 3 + 3);
    });
  });

  test("what a callback throws ends the walk, and leaves the items usable", async () => {
    await withAssets((assets) => {
      const refuse = (): never => {
        throw new RangeError("no");
      };
      expect(() => assets.find(refuse)).toThrow(RangeError);
      expect(() => [...assets.filter(refuse)]).toThrow(RangeError);
      expect(() => [...assets.map(refuse)]).toThrow(RangeError);
      expect(ids(assets)).toHaveLength(10);
    });
  });

  test("leaving a derived loop closes what it is derived from", async () => {
    await withAssets((assets) => {
      const steps: string[] = [];
      const source = assets.map(({ id }) => (steps.push(`item ${id}`), id));
      for (const id of source.filter((id) => id > 0).take(5)) {
        steps.push(`loop ${id}`);
        if (id === 2) break;
      }
      expect(steps).toEqual(["item 0", "item 1", "loop 1", "item 2", "loop 2"]);
    });
  });
});

describe("after the event", () => {
  test("items, and whatever was derived from them, are closed", async () => {
    const { assets, derived, entries } = await withAssets((assets, _, manifest) => ({
      assets,
      derived: assets
        .filter(() => true)
        .map((asset) => asset)
        .take(3),
      entries: manifest.entries(),
    }));
    for (const items of [assets, derived, entries] as Items<unknown>[]) {
      expect(() => [...items]).toThrow(BAError);
      expect(() => [...items]).toThrow(closed);
      expect(() => items.find(() => true)).toThrow(closed);
    }
    expect([...assets.take(0)]).toEqual([]);
  });

  test("an iterator in the middle of its way is, too", async () => {
    const walks = await withAssets((assets, _, manifest) =>
      [assets, assets.map(({ id }) => id), manifest.entries("/assets")].map((items) => {
        const walk = items[Symbol.iterator]();
        walk.next();
        return walk;
      }),
    );
    for (const walk of walks) expect(() => walk.next()).toThrow(closed);
  });
});

test("nothing is kept of the items that a loop has passed", async () => {
  const { setFlagsFromString } = await import("node:v8");
  const { runInNewContext } = await import("node:vm");
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const kept: WeakRef<object>[] = [];
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  await withAssets(async (assets, _, manifest) => {
    for (let round = 0; round < 100; round += 1) {
      for (const asset of assets.filter(({ id }) => id >= 0)) kept.push(new WeakRef(asset));
      await turn();
    }
    expect(manifest.size).toBe(content.length);
    await turn();
    collect();
    await turn();
    collect();
    // The last ones may still stand in a register.
    expect(kept.filter((item) => item.deref() !== undefined).length).toBeLessThan(20);
  });
  expect(kept).toHaveLength(1000);
});

import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createProject } from "../../test/project.js";
import { createSimulator } from "./index.js";
import { createAppSettings } from "./settings.js";

let container: string;
beforeEach(async () => {
  container = await mkdtemp(join(tmpdir(), "ba-settings-"));
});
afterEach(() => rm(container, { recursive: true, force: true }));

const file = (): string => join(container, "Library/Preferences/group.com.example.game.plist");
const settings = () => createAppSettings(container, "group.com.example.game");

describe("the shared defaults in a test", () => {
  it("are empty at first, and hold every kind of value", () => {
    expect([settings().all(), settings().get("toString"), settings().getJson("a")]).toEqual([{}, null, null]);
    const values = {
      text: "<é & \u{1F600}>",
      whole: 2 ** 53 - 1,
      real: -1.5,
      flag: false,
      date: new Date("2026-01-02T03:04:05Z"),
      data: new Uint8Array([0, 255]),
      list: [1, ["x"], { y: true }],
      $dictionary: { $data: "no data" },
    };
    for (const [key, value] of Object.entries(values)) settings().set(key, value);
    expect(settings().all()).toEqual(values);
    settings().remove("text");
    settings().remove("was never there");
    expect(Object.keys(settings().all())).toEqual(Object.keys(values).slice(1));
  });

  it("hold what is Codable in the app, as the data of JSON", async () => {
    settings().setJson("state", { installed: ["a"], version: null });
    expect(settings().get("state")).toBeInstanceOf(Uint8Array);
    expect(settings().getJson("state")).toEqual({ installed: ["a"], version: null });
    expect(await readFile(file(), "utf8")).toMatch(/<key>state<\/key>\s*<data>/);
  });

  it.each([["text"], [7], [new Uint8Array([0xff])], [new Uint8Array([0x7b])]])("hold no JSON in %j", (value) => {
    settings().set("state", value);
    expect(() => settings().getJson("state")).toThrow(expect.objectContaining({ code: "BA_SETTING_NOT_JSON" }));
  });

  it.each([null, undefined, NaN, 2 ** 53, "\0", { inner: null }, () => 1])("take no %s", (value) => {
    settings().set("state", "as it was");
    expect(() => settings().set("state", value as never)).toThrow(
      expect.objectContaining({ code: "BA_SETTING_INVALID" }),
    );
    expect(settings().get("state")).toBe("as it was");
  });

  it.each(["", "bplist00", "{}", '<plist version="1.0"><array/></plist>'])("are no file like %j", async (content) => {
    await mkdir(join(container, "Library/Preferences"), { recursive: true });
    await writeFile(file(), content);
    for (const use of [() => settings().all(), () => settings().set("a", 1)])
      expect(use).toThrow(expect.objectContaining({ code: "BA_SETTINGS_UNREADABLE" }));
    expect(await readFile(file(), "utf8")).toBe(content);
  });
});

it("are those that the handler reads and writes", async () => {
  await using project = await createProject({
    "src/handler.ts": `
      import { defineDownloaderExtension, settings } from "ba-extension";
      export default defineDownloaderExtension({
        async downloads() {
          await settings.set("seen", [await settings.get("level"), await settings.getJson("state")] as never);
          await settings.update<{ runs: number }>("state", (state) => ({ runs: (state?.runs ?? 0) + 1 }));
          return [];
        },
      });`,
  });
  await using simulator = await createSimulator({ project: project.root, host: "worker" });
  simulator.settings.set("level", 3);
  simulator.settings.setJson("state", { runs: 41 });
  const report = await simulator.dispatch({ kind: "install" });
  expect(report.diagnostics).toEqual([]);
  expect(simulator.settings.get("seen")).toEqual([3, { runs: 41 }]);
  expect(simulator.settings.getJson("state")).toEqual({ runs: 42 });
});

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { beginEvent } from "./play.js";
import { enqueue } from "./queue.js";
import { openState, type StateStore } from "./state.js";

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "ba-state-"));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

/** Opens the state, hands it over, and gives it back. */
async function withState(options: { fresh: boolean }, use: (store: StateStore) => Promise<void>): Promise<void> {
  const store = await openState(directory, options);
  await use(store).finally(() => store.close());
}

const installed = {
  launched: true,
  locale: null,
  scheduled: { essential: 1, nonEssential: 2 },
  lastContentRequest: null,
};

it("keeps what was saved, and the container", async () => {
  await withState({ fresh: false }, async (store) => {
    expect(store.state.app).toBeNull();
    store.state.app = installed;
    await store.save();
    await writeFile(join(store.container, "kept"), "x");
  });
  await withState({ fresh: false }, async (again) => {
    expect(again.state.app).toEqual(installed);
    expect(await readdir(again.container)).toEqual(["kept"]);
  });
});

it("forgets app and files when fresh, and files that nothing in the state speaks of always", async () => {
  await withState({ fresh: false }, async (store) => {
    store.state.app = installed;
    await store.save();
    await writeFile(join(store.container, "kept"), "x");
    await writeFile(join(store.system, "partial"), "x");
  });
  await withState({ fresh: false }, async ({ system }) => expect(await readdir(system)).toEqual([]));
  await withState({ fresh: true }, async (fresh) => {
    expect(fresh.state.app).toBeNull();
    expect(await readdir(fresh.container)).toEqual([]);
  });
});

it("keeps the files of what is scheduled and of the event that was interrupted", async () => {
  await withState({ fresh: false }, async (store) => {
    store.state.app = installed;
    const { uniqueIdentifier } = enqueue(store.state, {
      identifier: "level-1",
      request: { url: "https://assets.example.com/level-1", headers: { Authorization: "Bearer secret" } },
      fileSize: 1,
      essential: false,
      priority: "default",
    });
    store.state.event = beginEvent("install");
    await writeFile(store.file(uniqueIdentifier), "half");
    await writeFile(store.file(store.state.event.manifest.uniqueIdentifier), "{");
    await store.save();
  });
  await withState({ fresh: false }, async ({ system, state }) => {
    expect(await readdir(system)).toHaveLength(2);
    expect(state.queue).toMatchObject([{ state: "waiting", download: { identifier: "level-1" } }]);
  });
  // A header may hold a credential.
  expect((await stat(join(directory, "state.json"))).mode & 0o777).toBe(0o600);
});

it("leaves neither a temporary file nor the lock behind", async () => {
  await withState({ fresh: false }, (store) => store.save());
  expect((await readdir(directory)).sort()).toEqual(["container", "state.json", "system"]);
});

it("is for one simulated system at a time", async () => {
  await withState({ fresh: false }, async (store) => {
    await expect(openState(directory, { fresh: true })).rejects.toMatchObject({
      code: "BA_STATE_IN_USE",
      message: expect.stringContaining(String(process.pid)),
      hint: expect.stringContaining("--state"),
    });
    expect(await readdir(directory)).toContain("state.json");
    await store.save();
  });
  await withState({ fresh: false }, async (store) => expect(store.state.app).toBeNull());
});

it("takes the lock of a process that was killed", async () => {
  const gone = spawn(process.execPath, ["--version"], { stdio: "ignore" });
  await once(gone, "exit");
  await writeFile(join(directory, "lock"), String(gone.pid));
  await withState({ fresh: false }, async (store) => expect(store.state.app).toBeNull());

  await writeFile(join(directory, "lock"), String(process.pid)); // a namesake
  await withState({ fresh: false }, async (store) => expect(store.state.app).toBeNull());
});

it("refuses a state that it cannot read, and keeps it", async () => {
  await writeFile(join(directory, "state.json"), "{ half");
  await expect(openState(directory, { fresh: false })).rejects.toMatchObject({
    code: "BA_STATE_UNREADABLE",
    hint: expect.stringContaining("--fresh"),
  });
  expect(await readFile(join(directory, "state.json"), "utf8")).toBe("{ half");
  expect(await readdir(directory)).not.toContain("lock");
});

it.runIf(process.platform === "linux")("comes to an end where a parent refuses every child", async () => {
  await expect(openState("/proc/ba-extension-test/state", { fresh: false })).rejects.toMatchObject({
    code: "BA_STATE_UNWRITABLE",
  });
});

it("names the folder that cannot be written", async () => {
  const file = join(directory, "a-file");
  await writeFile(file, "");
  await expect(openState(join(file, "state"), { fresh: false })).rejects.toMatchObject({
    code: "BA_STATE_UNWRITABLE",
    message: expect.stringContaining(join(file, "state")),
    hint: expect.stringContaining("--state"),
  });
});

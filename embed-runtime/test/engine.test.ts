import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { guest, Program, subjects } from "./programs.js";

describe.each(subjects.filter(({ skip }) => !skip))("the engine in $name", ({ host, command }) => {
  let start: () => Promise<Program>;
  beforeAll(async () => {
    const built = await command();
    start = async () => {
      const program = new Program(built);
      await program.load(guest);
      return program;
    };
  });

  test("has no JIT, a heap limit of its own and Node's own modules only", async () => {
    const program = await start();
    expect(await program.run({ action: "wasm" })).toBe("undefined");
    expect(await program.run({ action: "heapLimit" })).toBe(64 + 3); // and three semi-spaces of 1 MiB
    expect(await program.run({ action: "import" })).toMatchObject({ code: "ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING" });
    expect(await program.run({ action: "require", id: "node:fs" })).toBe("object");
    expect(await program.run({ action: "require", id: "./x" })).toMatchObject({ code: "ERR_UNKNOWN_BUILTIN_MODULE" });
    expect(await program.run({ action: "stack" })).toMatch(/at .*guest\.cjs:\d+:\d+/);
  });

  test("reads files as text and as bytes", async () => {
    const program = await start();
    const folder = temporaryFolder();
    const read = async (content: string | Uint8Array): Promise<unknown[]> => {
      const path = join(folder, "file");
      writeFileSync(path, content);
      return [await program.run({ action: "readText", path }), await program.run({ action: "readBytes", path })];
    };
    expect(await read("plain")).toEqual(["plain", [...Buffer.from("plain")]]);
    expect(await read("zwölf 😀")).toEqual(["zwölf 😀", [...Buffer.from("zwölf 😀")]]);
    expect(await read("")).toEqual(["", []]);
    const notUtf8 = { code: "BA_FILE_NOT_UTF8", error: "byte 0xFF at line 1, column 2" };
    expect(await read(Uint8Array.of(0x61, 0xff))).toEqual([notUtf8, [0x61, 0xff]]);
    mkdirSync(join(folder, "folder"));
    for (const name of ["missing", "folder"]) {
      const path = join(folder, name);
      expect(await program.run({ action: "readText", path })).toMatchObject({ code: "BA_FILE_UNREADABLE" });
      expect(await program.run({ action: "readBytes", path })).toMatchObject({ code: "BA_FILE_UNREADABLE" });
    }
  });

  test.runIf(process.platform === "linux")(
    "unmaps JSON documents when they are closed, and all when it ends",
    async () => {
      const program = await start();
      const path = join(temporaryFolder(), "manifest.json");
      writeFileSync(path, "[1]");
      const mapped = (): number =>
        readFileSync(`/proc/${program.process.pid}/maps`, "utf8")
          .split("\n")
          .filter((line) => line.endsWith(path)).length;
      const documents = [1, 2, 3];
      for (const document of documents) expect(await program.run({ action: "jsonOpen", path })).toBe(document);
      expect(mapped()).toBe(3);
      await program.run({ action: "jsonClose", document: 2 });
      expect(mapped()).toBe(2);
      // The engine is torn down, in its time; the process stays.
      await program.run({ action: "exit" });
      while (mapped() > 0) await new Promise((resolve) => setImmediate(resolve));
      program.send({ kind: "ping", id: 1 });
      expect(await program.nextFrame()).toEqual({ kind: "pong", id: 1 });
    },
  );

  test.each([
    ["microtasks", "The handler did not answer within 300 ms."],
    ["exit", "The handler ended the engine with exit code 7."],
    ["throwLater", "An uncaught error ended the engine: Error: nobody catches this"],
    ["rejectAside", "An uncaught error ended the engine: Error: nobody handles this"],
    ["exhaust", "The handler needed more than 64 MiB of JavaScript heap."],
    ["exhaustAtOnce", "The handler needed more than 64 MiB of JavaScript heap."],
  ])("dies of %s, and the process lives", async (action, message) => {
    const program = await start();
    const reply = String(await program.run({ action }, action === "microtasks" ? 300 : 0));
    expect(reply.split("\n")[0]).toBe(message);
    expect(await program.run({ action: "echo" })).toContain(message.slice(1).split(" within")[0]);
    program.send({ kind: "stop" });
    expect(await program.exit).toEqual([0, null]);
  });

  test.runIf(host === "embedded")("is refused to a worker thread", async () => {
    const [, ...args] = await command();
    const worker = new Worker(args.at(-1) ?? "", { eval: true });
    const error = await new Promise<unknown>((resolve) => worker.on("error", resolve));
    expect(error).toMatchObject({
      message: "The addon of ba-extension runs on the main thread of Node, not in a worker.",
    });
  });
});

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "ba-engine-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

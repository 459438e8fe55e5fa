/** The extension processes of the host `swift`, with the test as their simulated system. */
import { describe, expect, it } from "vitest";
import { gone, isRunning } from "../../src/hosts/test-guest.js";
import { protocolVersion } from "../../src/protocol/version.js";
import { handlerBundle, launched, request, skip, start, told } from "./extension-messages.js";
import { launchFrame, type ExtensionProgram } from "./extension-program.js";

describe.skipIf(skip)("an extension process in Swift", () => {
  it("says hello, launches and stops", async () => {
    const { program, container } = await start();
    expect(await program.next("hello")).toEqual({
      kind: "hello",
      protocol: protocolVersion,
      host: "swift",
      engine: "node",
      engineVersion: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      pid: program.pid,
    });
    program.send(launchFrame({ bundlePath: await handlerBundle(), container }));
    await program.next("launched");
    await program.ping();
    program.send({ kind: "stop" });
    expect(await program.ended).toBe(0);
  });

  it("stops when it has answered, and while a handler is busy", async () => {
    const idle = await launched();
    await idle.program.deliver(request(idle));
    idle.program.send({ kind: "stop" });
    expect(await idle.program.ended).toBe(0);

    const busy = await launched();
    busy.program.post(request(busy, { ask: "busy" }));
    await busy.program.next("checkpoint");
    busy.program.send({ kind: "stop" });
    expect(await busy.program.ended).toBe(0);
  });

  it("refuses a mode that is not the extension's, and ends", async () => {
    const { program, container } = await start("store");
    program.send(launchFrame({ bundlePath: "/handler.cjs", container, mode: "managed" }));
    expect(await program.next("protocolError")).toMatchObject({
      code: "BA_PROTOCOL_INVALID_FRAME",
      message: "The mode is managed, and the extension is of the mode store.",
    });
    expect(await program.ended).toBe(1);
  });

  it("goes on after frames that it cannot use", async () => {
    const started = await start();
    const { program, container } = started;
    program.sendBytes(Buffer.from([4, 0, 0, 0, ...Buffer.from("nope")]));
    expect(await program.next("protocolError")).toMatchObject({ code: "BA_PROTOCOL_INVALID_FRAME" });
    program.send({ kind: "dance" } as never);
    expect(await program.next("protocolError")).toMatchObject({
      code: "BA_PROTOCOL_UNKNOWN_KIND",
      message: 'There is no frame of kind "dance".',
    });
    program.post(request(started));
    expect(await program.next("protocolError")).toMatchObject({
      message: "A message came before the extension was launched.",
    });
    const launch = launchFrame({ bundlePath: await handlerBundle(), container });
    program.send({ ...launch, device: { ...launch.device, container: 7 } } as never);
    expect(await program.next("protocolError")).toMatchObject({ message: expect.stringContaining("device.container") });
    program.send(launch);
    await program.next("launched");
    program.send(launch);
    expect(await program.next("protocolError")).toMatchObject({
      message: "A process launches one extension, once.",
    });
    program.send({ kind: "systemResult", id: 99, value: null, error: null });
    program.send({ kind: "proceed", id: 99 });
    expect((await program.deliver(request(started))).outcome).toBe("answered");
  });

  it.each([
    ["the system is gone", (program: ExtensionProgram) => program.hangUp()],
    ["the stream is broken", (program: ExtensionProgram) => program.sendBytes(Buffer.alloc(4, 0xff))],
  ])("ends at once, with all that its handler has started, when %s", async (_, leave) => {
    const started = await launched();
    const { program } = started;
    await program.deliver(request(started, { ask: "start" }));
    const [pid] = told(started) as [number];
    expect(isRunning(pid)).toBe(true);
    program.post(request(started, { ask: "busy" }));
    await program.next("checkpoint");
    leave(program);
    expect(await program.ended).toBe("SIGKILL");
    await gone(pid);
  });
});

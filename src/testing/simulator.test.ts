import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { createProject } from "../../test/project.js";
import { createSimulator } from "./index.js";

it("gives each simulator an empty state of its own, and removes it", async () => {
  await using project = await createProject();
  const simulator = await createSimulator({ project: project.root, host: "worker" });
  expect((await simulator.dispatch({ kind: "install" })).downloads).toHaveLength(3);
  expect(existsSync(join(simulator.container, "Library/Caches/level-1.pak"))).toBe(true);
  expect(existsSync(join(project.root, ".ba/state"))).toBe(false);
  await simulator.dispose();
  expect(existsSync(simulator.container)).toBe(false);

  await using other = await createSimulator({ project: project.root, host: "worker" });
  await expect(other.dispatch({ kind: "periodic" })).rejects.toMatchObject({ code: "BA_APP_NOT_INSTALLED" });
});

it("keeps a state folder that was named", async () => {
  await using project = await createProject();
  const stateDirectory = join(project.root, "kept");
  const simulator = await createSimulator({ project: project.root, host: "worker", stateDirectory });
  await simulator.dispatch({ kind: "install" });
  await simulator.dispose();
  expect(existsSync(join(stateDirectory, "container/Library/Caches/level-1.pak"))).toBe(true);
});

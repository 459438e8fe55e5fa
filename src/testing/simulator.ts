import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as simulated from "../simulator/index.js";
import type { Simulator, SimulatorOptions } from "../simulator/index.js";

/** As the simulator's own, but `project` defaults to the working directory. */
export interface TestSimulatorOptions extends Omit<SimulatorOptions, "project"> {
  /** Folder with `ba.config.ts`, or a configuration that was loaded already. Defaults to the working directory. */
  readonly project?: SimulatorOptions["project"] | undefined;
}

/**
 * A simulated system of its own for each test: with an empty state in a temporary folder, which `dispose` removes.
 * Give `stateDirectory` to keep it.
 *
 * @throws UserError for what is wrong in the project, as `ba-extension simulate` does.
 */
export async function createSimulator(options: TestSimulatorOptions = {}): Promise<Simulator> {
  const project = options.project ?? process.cwd();
  if (options.stateDirectory !== undefined) return await simulated.createSimulator({ ...options, project });

  const stateDirectory = await mkdtemp(join(tmpdir(), "ba-extension-test-"));
  const remove = (): Promise<void> => rm(stateDirectory, { recursive: true, force: true });
  let simulator: Simulator;
  try {
    simulator = await simulated.createSimulator({ ...options, project, stateDirectory });
  } catch (error) {
    await remove();
    throw error;
  }
  const dispose = async (): Promise<void> => {
    await simulator.dispose();
    await remove();
  };
  return { ...simulator, dispose, [Symbol.asyncDispose]: dispose };
}

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { loadConfig, type LoadedConfig } from "../config/index.js";
import * as simulated from "../simulator/index.js";
import type { Simulator, SimulatorOptions } from "../simulator/index.js";
import { createAppSettings, type AppSettings } from "./settings.js";

/** As the simulator's own, but `project` defaults to the working directory. */
export interface TestSimulatorOptions extends Omit<SimulatorOptions, "project"> {
  /** Folder with `ba.config.ts`, or a configuration that was loaded already. Defaults to the working directory. */
  readonly project?: SimulatorOptions["project"] | undefined;
  /** Folder to serve instead of the project's, relative to the project; read anew for each request. */
  readonly assets?: string | undefined;
}

/** A simulated system, and what a test asks about its app. */
export interface TestSimulator extends Simulator {
  /** The shared defaults, as the app has them. */
  readonly settings: AppSettings;
}

/**
 * A simulated system of its own for each test: with an empty state in a temporary folder, which `dispose` removes.
 * Give `stateDirectory` to keep it.
 *
 * @throws UserError for what is wrong in the project, as `ba-extension simulate` does.
 */
export async function createSimulator({ assets, ...options }: TestSimulatorOptions = {}): Promise<TestSimulator> {
  const project = withAssets(await loadProject(options.project), assets);
  if (options.stateDirectory !== undefined) {
    return forTest(await simulated.createSimulator({ ...options, project }), project, async () => {});
  }
  const stateDirectory = await mkdtemp(join(tmpdir(), "ba-extension-test-"));
  const remove = (): Promise<void> => rm(stateDirectory, { recursive: true, force: true });
  try {
    return forTest(await simulated.createSimulator({ ...options, project, stateDirectory }), project, remove);
  } catch (error) {
    await remove();
    throw error;
  }
}

/** A project as options name it. */
export async function loadProject(project: string | LoadedConfig = process.cwd()): Promise<LoadedConfig> {
  return typeof project === "string" ? await loadConfig(resolve(project)) : project;
}

/** The project with another folder of assets; what else its own server does stays. */
export function withAssets(project: LoadedConfig, directory: string | undefined): LoadedConfig {
  if (directory === undefined) return project;
  const { config } = project;
  const server = typeof config.simulate?.server === "object" ? config.simulate.server : {};
  return { ...project, config: { ...config, simulate: { ...config.simulate, server: { ...server, directory } } } };
}

function forTest(simulator: Simulator, { config }: LoadedConfig, remove: () => Promise<void>): TestSimulator {
  const dispose = async (): Promise<void> => {
    await simulator.dispose();
    await remove();
  };
  return {
    ...simulator,
    settings: createAppSettings(simulator.container, config.applicationGroupIdentifier),
    dispose,
    [Symbol.asyncDispose]: dispose,
  };
}

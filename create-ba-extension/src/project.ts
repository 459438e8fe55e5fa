import { basename, resolve } from "node:path";
import type { Given } from "./arguments.js";
import type { ValueName } from "./options.js";

/** What is to be written where: every choice is made. */
export interface Project {
  /** Absolute. */
  readonly directory: string;
  readonly values: Readonly<Record<ValueName, string>>;
  readonly packageName: string;
}

export const defaultDirectory = "my-ba-extension";

/** Fills in what was neither given nor answered. */
export function completeProject(given: Given, cwd: string): Project {
  const directory = resolve(cwd, given.directory ?? defaultDirectory);
  const packageName = toPackageName(basename(directory));
  const bundle = given.values["bundle-id"] ?? defaultBundleId(packageName);
  const team = given.values["team-id"] ?? "";
  const values = {
    template: "manifest-driven",
    mode: "unmanaged",
    platform: "macos",
    engine: "node",
    "team-id": team,
    "app-group": `${team || "group"}.${bundle}`,
    ...given.values,
    "bundle-id": bundle,
  };
  return { directory, values, packageName };
}

export const defaultBundleId = (packageName: string): string =>
  `com.example.${packageName.replaceAll(/[^a-z0-9-]/g, "-")}`;

/** A name that npm accepts, from the name of a folder. */
export function toPackageName(folder: string): string {
  const name = folder
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, "-")
    .replaceAll(/^[._-]+|[._-]+$/g, "");
  return name || defaultDirectory;
}

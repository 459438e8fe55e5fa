import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** The container of an app group, as a simulator and a report name it. */
export interface Container {
  /** Absolute path. */
  readonly container: string;
}

/** What is not the app's: staging and the table of downloads; the shared defaults, which `simulator.settings` reads. */
const ours = /^Library\/(?:Caches\/ba-extension|Preferences)\//;

/** The app's files, sorted: paths relative to the container, with `/`, as the report has them. */
export function listFiles({ container }: Container): string[] {
  if (!existsSync(container)) return [];
  return readdirSync(container, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(container.length + 1)
        .replaceAll("\\", "/"),
    )
    .filter((path) => !ours.test(path))
    .sort();
}

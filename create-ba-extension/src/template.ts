import { copyFile, mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { dirname, join, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** What stands between `{{` and `}}` in the files of a template. */
export type Placeholders = Readonly<
  Record<"packageName" | "bundleIdentifier" | "applicationGroupIdentifier" | "baExtensionSpec", string>
>;

/** Files that are copied as they are. */
const verbatim = "assets";

/** Writes a template's files into `directory`, replacing those of the same name and nothing else. */
export async function writeTemplate(name: string, directory: string, placeholders: Placeholders): Promise<string[]> {
  const source = join(templatesDirectory(), name);
  const entries = await readdir(source, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(source.length + 1));
  for (const file of files) {
    const target = join(directory, targetName(file));
    await mkdir(dirname(target), { recursive: true });
    if (file.startsWith(verbatim + sep)) await copyFile(join(source, file), target);
    else await writeFile(target, fill(await readFile(join(source, file), "utf8"), placeholders, file));
  }
  return files.map(targetName).sort();
}

/** `_gitignore` is `.gitignore`, `_package.json` is `package.json`: npm treats the real names specially when it packs. */
function targetName(file: string): string {
  return file.replace(/(^|[\\/])_package\.json$/, "$1package.json").replace(/(^|[\\/])_([^\\/]+)$/, "$1.$2");
}

function fill(text: string, placeholders: Placeholders, file: string): string {
  return text.replaceAll(/\{\{(\w+)\}\}/g, (whole, name: string) => {
    const value = (placeholders as Readonly<Record<string, string>>)[name];
    if (value === undefined) throw new Error(`${file} of the template has an unknown placeholder, ${whole}.`);
    return value;
  });
}

/** Beside `src/` and `dist/` alike. */
const templatesDirectory = (): string => fileURLToPath(new URL("../templates", import.meta.url));

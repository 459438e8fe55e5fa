/**
 * Every option of `create-ba-extension`: parsing, prompts, help and the README come from this table.
 */

/** An option with a value. */
export interface ValueOption {
  readonly kind: "value";
  readonly description: string;
  /** Shown in the help for the value. */
  readonly placeholder: string;
  /** The only values that are accepted. */
  readonly choices?: readonly string[];
  /** What is wrong with a value, or undefined. */
  readonly check?: (value: string) => string | undefined;
  /** Asked for in a terminal, with this question. */
  readonly question?: string;
}

/** An option that is on when it is given. */
export interface Flag {
  readonly kind: "flag";
  readonly description: string;
}

const bundleId = /^[A-Za-z][A-Za-z0-9-]*(\.[A-Za-z0-9-]+)+$/;

export const options = {
  template: {
    kind: "value",
    description: "what to start from",
    placeholder: "name",
    choices: ["manifest-driven"],
  },
  mode: {
    kind: "value",
    description: "Apple's protocol that the extension adopts",
    placeholder: "mode",
    choices: ["unmanaged"],
  },
  platform: { kind: "value", description: "where the app runs", placeholder: "name", choices: ["macos"] },
  engine: { kind: "value", description: "JavaScript engine in the extension", placeholder: "name", choices: ["node"] },
  "bundle-id": {
    kind: "value",
    description: "bundle identifier of the app",
    placeholder: "id",
    question: "Bundle identifier of the app?",
    check: (value) =>
      bundleId.test(value) ? undefined : "must be like com.example.game: letters, digits and hyphens, at least one dot",
  },
  "team-id": {
    kind: "value",
    description: "Apple developer team; leads the app group on macOS",
    placeholder: "id",
    question: "Apple developer team (10 characters; leave empty if there is none yet)?",
    check: (value) =>
      /^([A-Z0-9]{10})?$/.test(value) ? undefined : "must be 10 capital letters and digits, like AB12CD34EF",
  },
  "app-group": {
    kind: "value",
    description: "app group that app and extension share",
    placeholder: "id",
    check: (value) =>
      /^(group|[A-Z0-9]{10})\.[A-Za-z0-9.-]+$/.test(value)
        ? undefined
        : "must begin with group. or with the team and a dot, like group.com.example.game",
  },
  yes: { kind: "flag", description: "ask nothing, take the defaults" },
  "no-install": { kind: "flag", description: "do not install the dependencies" },
  "no-git": { kind: "flag", description: "do not make a Git repository" },
  overwrite: { kind: "flag", description: "write into a folder that is not empty; other files stay" },
  help: { kind: "flag", description: "show this" },
  version: { kind: "flag", description: "show the version" },
} as const satisfies Record<string, ValueOption | Flag>;

type Options = typeof options;
type NamesOf<Kind> = { [Name in keyof Options]: Options[Name] extends { kind: Kind } ? Name : never }[keyof Options];
export type ValueName = NamesOf<"value">;
export type FlagName = NamesOf<"flag">;

/** The table for loops, where the names do not matter. */
export const entries: readonly (readonly [string, ValueOption | Flag])[] = Object.entries(options);

export function help(): string {
  const rows = entries.map(([name, option]) => {
    const left = option.kind === "value" ? `--${name} <${option.placeholder}>` : `--${name}`;
    const choices = option.kind === "value" && option.choices ? ` (${option.choices.join(", ")})` : "";
    return `  ${left.padEnd(22)} ${option.description}${choices}`;
  });
  return `Usage: create-ba-extension [dir] [options]

Writes a project with a Background Assets downloader extension in TypeScript.
With npm: npm create ba-extension [dir] -- [options]

${rows.join("\n")}

Nothing is asked without a terminal, in CI, or with --yes.
Exit codes: 0 ok, 1 failed, 2 usage, 130 cancelled.
`;
}

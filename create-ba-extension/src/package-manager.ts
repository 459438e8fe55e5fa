const names = ["npm", "pnpm", "yarn", "bun"] as const;

/** The package manager that runs us, and how its commands are written. */
export interface PackageManager {
  readonly name: (typeof names)[number];
  readonly install: string;
  /** `npm test`. */
  readonly test: string;
  /** Runs a script of package.json. */
  run(script: string): string;
  /** Runs this program again. */
  create(args: string): string;
}

/** @param userAgent `npm_config_user_agent`, for example `pnpm/9.1.0 npm/? node/v20.20.0 linux x64`. */
export function detectPackageManager(userAgent: string | undefined): PackageManager {
  const name = names.find((candidate) => userAgent?.startsWith(`${candidate}/`)) ?? "npm";
  return {
    name,
    install: `${name} install`,
    test: name === "bun" ? "bun run test" : `${name} test`,
    run: (script) => `${name} run ${script}`,
    // npm takes options for itself unless they stand behind `--`.
    create: (args) => `${name} create ba-extension ${name === "npm" ? args.replace(" --", " -- --") : args}`,
  };
}

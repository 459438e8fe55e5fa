/** The program behind `npm create ba-extension`. */
import process from "node:process";
import { create } from "./create.js";

const { env } = process;

process.exitCode = await create(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  cwd: process.cwd(),
  env,
  interactive: process.stdin.isTTY === true && process.stdout.isTTY === true && !env["CI"],
});

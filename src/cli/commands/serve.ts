import type { Command } from "commander";
import { once } from "node:events";
import { join, relative } from "node:path";
import { loadConfig, placeOfKey } from "../../config/index.js";
import { UserError } from "../../diagnostics/index.js";
import { serveProject } from "../../server/index.js";
import type { Context } from "../context.js";
import { formatBytes } from "../format.js";

export function addServe(program: Command, context: Context): void {
  program
    .command("serve")
    .description("serve the project's assets over HTTPS on this machine, until Ctrl-C")
    .action(() => serve(context));
}

async function serve(context: Context): Promise<void> {
  const { cwd, reporter, signal, stdout } = context;
  const loaded = await loadConfig(cwd);
  const server = loaded.config.simulate?.server ?? {};
  if (typeof server === "string") {
    throw new UserError(
      "BA_SERVER_IS_YOURS",
      `The project's assets come from a server of yours, ${server}; there is nothing to serve.`,
      {
        hint: "Give simulate.server as an object with a `directory` to serve a folder.",
        location: placeOfKey(loaded, "simulate", "server"),
      },
    );
  }
  const manifest = new URL(loaded.config.infoPlist.app.BAManifestURL);
  const assets = await serveProject(loaded, server, {
    certificates: join(loaded.root, ".ba", "state", "certificates"),
    onRequest: ({ method, path, status, bytes }) =>
      reporter.line(`${method} ${path}  ${status}  ${formatBytes(bytes)}`),
  });
  try {
    const ca = relative(cwd, assets.tls.caPath);
    reporter.done("serving", `${assets.url}${manifest.pathname}, as ${manifest.origin}`);
    reporter.line(`Root certificate: ${ca}. It is trusted nowhere: give it to each client.`);
    reporter.line("Under its production URL, in another terminal:");
    const user = server.basicAuthentication ? ` --user ${server.basicAuthentication.user}` : "";
    const port = manifest.port || "443";
    reporter.line(
      `  curl --cacert ${ca} --connect-to ${manifest.hostname}:${port}:127.0.0.1:${assets.port}${user} ${manifest.href}`,
    );
    reporter.line("Ctrl-C ends it.");
    stdout.write(`${assets.url}\n`);
    context.endsOnInterrupt = true;
    if (!signal.aborted) await once(signal, "abort");
  } finally {
    await assets.dispose();
  }
}

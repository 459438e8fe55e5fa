import type { GuestConnection } from "../principal/guest-connection.js";
import { ensureAddon } from "./addon/index.js";
import { embeddedCommand, workerCommand } from "./child-command.js";
import type { HostCommand } from "./extension-process.js";
import type { GuestHostName } from "./host-name.js";
import { launchCommand, type LaunchOptions } from "./launch-command.js";
import { libnodeCommand } from "./libnode.js";

/**
 * Starts an extension process and loads the handler. Throws `LaunchError`, or `UserError` where the host is missing
 * something.
 */
export async function launchGuest(options: LaunchOptions): Promise<GuestConnection> {
  return launchCommand(await hostCommand(options.host), options);
}

async function hostCommand(host: GuestHostName): Promise<HostCommand> {
  switch (host) {
    case "worker":
      return workerCommand();
    case "embedded":
      return embeddedCommand((await ensureAddon()).path);
    case "libnode":
      return libnodeCommand();
  }
}

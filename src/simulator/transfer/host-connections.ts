import { isIP } from "node:net";
import { checkServerIdentity } from "node:tls";
import { Agent, buildConnector, type Dispatcher } from "undici";
import { createReadMemory } from "./read-memory.js";

/** Where a production host is played. */
export interface HostTarget {
  readonly address: string;
  readonly port: number;
  /** Name that the certificate must have. Defaults to the production host. */
  readonly servername?: string;
}

export interface HostConnectionsOptions {
  /** Root to trust for mapped hosts, PEM; undefined: the roots that Node trusts. */
  readonly ca: string | undefined;
  /** By host name, whatever the port. Hosts that are not in it are looked up and trusted as usual. */
  readonly map: ReadonlyMap<string, HostTarget>;
}

/** The connections of one simulated system. */
export interface HostConnections {
  readonly dispatcher: Dispatcher;
  /** Cuts what is open. May be called again. */
  dispose(): Promise<void>;
}

/** Transfers have a time-out of their own; this one ends attempts that nobody waits for any more. */
const CONNECT_TIMEOUT = 60_000;

/**
 * Connects requests for production URLs. The TLS handshake names and checks the production host even when another
 * address answers, so that a certificate that would fail on a device fails here.
 */
export function createHostConnections({ ca, map }: HostConnectionsOptions): HostConnections {
  // Sessions are not resumed: every connection checks the certificate anew.
  const tls = { maxCachedSessions: 0, timeout: CONNECT_TIMEOUT };
  const direct = connector(tls);
  const mapped = new Map(
    [...map].map(([host, target]) => {
      const name = target.servername ?? host;
      const connect = connector({
        ...tls,
        ...(ca !== undefined && { ca }),
        checkServerIdentity: (_name, certificate) => checkServerIdentity(unbracketed(name), certificate),
      });
      return [host, { connect, target, name }];
    }),
  );

  const agent = new Agent({
    connect(options, callback) {
      const to = mapped.get(options.hostname);
      if (!to) return direct(options, callback);
      // An address is no name for the handshake (RFC 6066): with `servername` empty, undici takes it from `host`.
      const { servername: _, ...rest } = options;
      const names = isIP(unbracketed(to.name)) ? { host: to.name } : { host: to.name, servername: to.name };
      const { address, port } = to.target;
      return to.connect({ ...rest, ...names, hostname: unbracketed(address), port: String(port) }, callback);
    },
  });
  let disposed: Promise<void> | undefined;
  return { dispatcher: agent, dispose: () => (disposed ??= agent.destroy()) };
}

/** Connects with memory of its own for each connection. */
function connector(options: buildConnector.BuildOptions): buildConnector.connector {
  return (to, callback) => {
    let push = (_: Buffer): boolean => false;
    const onread = createReadMemory((chunk) => push(chunk));
    buildConnector({ ...options, onread })(to, (...result) => {
      const [, socket] = result;
      if (socket) push = (chunk) => socket.push(chunk);
      callback(...result);
    });
  };
}

/** URLs write an IPv6 address in brackets, sockets without. */
const unbracketed = (host: string): string => host.replace(/^\[|\]$/g, "");

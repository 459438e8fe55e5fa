import type { RequestListener } from "node:http";
import { createServer, type Server } from "node:https";
import type { AddressInfo, Socket } from "node:net";

/** What a server shows to its clients, PEM. */
export interface TlsIdentity {
  readonly certPem: string;
  readonly keyPem: string;
}

export interface Listener {
  readonly server: Server;
  readonly port: number;
  /** Stops listening and cuts every connection at once. May be called again. */
  dispose(): Promise<void>;
}

/** An HTTPS server on 127.0.0.1, on a port that was free. */
export async function listenHttps(tls: TlsIdentity, onRequest: RequestListener): Promise<Listener> {
  const server = createServer(
    // A client that waits longer than it keeps a connection would write into one that is being closed: the default
    // of 5 s is shorter than a handler may take between two downloads.
    { cert: tls.certPem, key: tls.keyPem, keepAliveTimeout: 60_000 },
    onRequest,
  );
  // `closeAllConnections` knows only connections whose TLS handshake is over.
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      server.off("error", reject);
      resolve();
    });
  });

  let disposed: Promise<void> | undefined;
  return {
    server,
    port: (server.address() as AddressInfo).port,
    dispose() {
      disposed ??= new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      });
      return disposed;
    },
  };
}

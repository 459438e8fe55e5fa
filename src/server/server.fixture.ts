import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import type { IncomingHttpHeaders } from "node:http";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { createCertificateAuthority, startAssetServer, type AssetServer, type AssetServerOptions } from "./index.js";

export async function temporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "ba-server-"));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

/** A folder with these files. */
export async function folderOf(files: Record<string, string | Buffer>): Promise<string> {
  const directory = await temporaryDirectory();
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(directory, path)), { recursive: true });
    await writeFile(join(directory, path), content);
  }
  return directory;
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Served extends AssetServer {
  /** Sends the target as it stands, as a client that is not well-behaved would. */
  ask(target: string, options?: { method?: string; headers?: Record<string, string> }): Promise<Answer>;
}

const HOST = "assets.example.com";

export async function serve(directory: string, options: Partial<AssetServerOptions> = {}): Promise<Served> {
  const tls = await createCertificateAuthority(await temporaryDirectory(), [HOST]);
  const server = await startAssetServer({
    directory,
    manifestPath: "/manifest.json",
    origin: `https://${HOST}`,
    tls,
    ...options,
  });
  onTestFinished(() => server.dispose());
  return {
    ...server,
    ask: (path, { method = "GET", headers = {} } = {}) =>
      new Promise((resolve, reject) => {
        const sent = request(
          {
            host: "127.0.0.1",
            port: server.port,
            path,
            method,
            headers: { host: HOST, ...headers },
            servername: HOST,
            ca: tls.caPem,
            agent: false,
          },
          (response) => {
            const chunks: Buffer[] = [];
            response.on("data", (chunk: Buffer) => chunks.push(chunk));
            response.on("error", reject);
            response.on("end", () =>
              resolve({
                status: response.statusCode ?? 0,
                headers: response.headers,
                body: Buffer.concat(chunks).toString(),
              }),
            );
          },
        );
        sent.on("error", reject);
        sent.end();
      }),
  };
}

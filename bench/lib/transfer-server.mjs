// The server of the `transfer` measure, in a process of its own: one file of the length in argv[3] under every path,
// from memory, so that no client waits for the server's disk. argv[2]: folder of the certificates. Tells its port and
// the file of its authority to the process that started it, and ends with it.
import { randomBytes } from "node:crypto";
import { createServer } from "node:https";
import { createCertificateAuthority } from "../../dist/server/certificate-authority.js";

const [folder, length] = [process.argv[2], Number(process.argv[3])];
const { certPem, keyPem, caPath } = await createCertificateAuthority(folder, ["assets.example.com"]);
const chunk = randomBytes(1024 * 1024);

const server = createServer({ cert: certPem, key: keyPem }, (_request, response) => {
  response.writeHead(200, { "Content-Length": length, ETag: '"1"' });
  let left = length;
  const send = () => {
    while (left > 0) {
      const piece = left < chunk.length ? chunk.subarray(0, left) : chunk;
      left -= piece.length;
      if (!response.write(piece)) return;
    }
    response.end();
  };
  response.on("drain", send);
  send();
});
server.listen(0, "127.0.0.1", () => process.send({ port: server.address().port, ca: caPath }));
process.on("disconnect", () => process.exit());

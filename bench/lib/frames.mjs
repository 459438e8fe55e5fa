/** One frame for fd 3: length, then JSON. @param {object} frame */
export function encode(frame) {
  const body = Buffer.from(JSON.stringify(frame));
  const head = Buffer.alloc(4);
  head.writeUInt32LE(body.length);
  return Buffer.concat([head, body]);
}

/** The frames of a stream. @param {AsyncIterable<Buffer>} stream */
export async function* decode(stream) {
  let rest = Buffer.alloc(0);
  for await (const chunk of stream) {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= 4 && rest.length >= 4 + rest.readUInt32LE()) {
      const end = 4 + rest.readUInt32LE();
      yield JSON.parse(rest.toString("utf8", 4, end));
      rest = rest.subarray(end);
    }
  }
}

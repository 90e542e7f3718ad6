import {
  block,
  DATA,
  END_HEADERS,
  END_STREAM,
  frame,
  GOAWAY,
  HEADERS,
  PREFACE,
  RST_STREAM,
  SETTINGS,
} from "@claude-on-aws/fixtures/abuse";
import { connect } from "node:net";

/** How a request over HTTP/2 ended: with an answer, whose body this is; or cut off by the server. */
export type Http2Answer = { readonly body: string } | "cut off";

const HEAD_BYTES = 9;

/**
 * Sends one request over HTTP/2, its headers as they are given: no client would send some of them.
 *
 * @param port Where.
 * @param headers Names and values, pseudo-headers first; none longer than 126 bytes.
 * @returns How it ended.
 */
export function askHttp2(
  port: number,
  headers: readonly (readonly [name: string, value: string])[],
): Promise<Http2Answer> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    let seen = Buffer.alloc(0);
    let body = "";
    const over = (answer: Http2Answer): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.on("data", (chunk: Buffer) => {
      seen = Buffer.concat([seen, chunk]);
      for (let length = lengthOf(seen); length !== undefined; length = lengthOf(seen)) {
        const [, , , type, flags = 0] = seen;
        const isOurs = seen.readUInt32BE(5) === 1;
        const payload = seen.subarray(HEAD_BYTES, length);
        seen = seen.subarray(length);
        if (type === GOAWAY || (type === RST_STREAM && isOurs)) return over("cut off");
        if (!isOurs) continue;
        if (type === DATA) body += payload.toString();
        if ((type === DATA || type === HEADERS) && (flags & END_STREAM) !== 0) return over({ body });
      }
    });
    socket.on("error", () => over("cut off"));
    socket.on("close", () => over("cut off"));
    socket.write(
      Buffer.concat([
        PREFACE,
        frame(SETTINGS, 0, 0, Buffer.alloc(0)),
        frame(HEADERS, END_HEADERS | END_STREAM, 1, block(headers)),
      ]),
    );
  });
}

/** How long the first frame is with its head, where all of it came. */
function lengthOf(seen: Buffer): number | undefined {
  if (seen.length < HEAD_BYTES) return undefined;
  const length = HEAD_BYTES + seen.readUIntBE(0, 3);
  return seen.length < length ? undefined : length;
}

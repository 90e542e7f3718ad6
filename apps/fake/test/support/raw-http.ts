import type { WireRequest } from "@claude-on-aws/auth/sigv4";
import { connect } from "node:net";

/** An answer as it came over the wire. */
export interface RawReply {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Sends bytes on a connection of their own and reads until the server hangs up. */
export function sendBytes(port: number, bytes: string | Uint8Array): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(bytes));
    const chunks: Buffer[] = [];
    socket.on("data", (chunk: Buffer) => chunks.push(chunk));
    socket.on("error", (error: NodeJS.ErrnoException) => {
      // The server may hang up while we still send; what it said before counts.
      if (chunks.length === 0) reject(error);
    });
    socket.on("close", () => resolve(Buffer.concat(chunks).toString("latin1")));
  });
}

/** Sends a request over HTTP/1.1 exactly as it stands: target, order, case and duplicates of headers. */
export async function sendRaw(
  port: number,
  request: Pick<WireRequest, "method" | "target" | "headers" | "body">,
): Promise<RawReply> {
  const lines = [
    `${request.method} ${request.target} HTTP/1.1`,
    ...request.headers.map(([name, value]) => `${name}: ${value}`),
    ...(request.headers.some(([name]) => name.toLowerCase() === "content-length")
      ? []
      : [`content-length: ${request.body.length}`]),
    "connection: close",
    "",
    "",
  ];
  const answer = await sendBytes(port, Buffer.concat([Buffer.from(lines.join("\r\n"), "latin1"), request.body]));
  return parseReply(answer);
}

/** Reads an answer of HTTP/1.1. */
export function parseReply(answer: string): RawReply {
  const end = answer.indexOf("\r\n\r\n");
  const [statusLine = "", ...lines] = answer.slice(0, end).split("\r\n");
  const headers = Object.fromEntries(
    lines.map((line): [string, string] => {
      const colon = line.indexOf(":");
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  const body = answer.slice(end + 4);
  const text = headers["transfer-encoding"] === "chunked" ? joinChunks(body) : body;
  return { status: Number(statusLine.split(" ")[1]), headers, body: Buffer.from(text, "latin1").toString("utf8") };
}

function joinChunks(body: string): string {
  let joined = "";
  for (let at = 0; at < body.length;) {
    const lineEnd = body.indexOf("\r\n", at);
    const length = Number.parseInt(body.slice(at, lineEnd), 16);
    joined += body.slice(lineEnd + 2, lineEnd + 2 + length);
    at = lineEnd + 2 + length + 2;
  }
  return joined;
}

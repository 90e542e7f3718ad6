import type { WireRequest } from "@claude-on-aws/auth/sigv4";
import { parseReply as parseBytes, type RawReply, sendBytes as sendLatin1 } from "@claude-on-aws/fixtures/abuse";

export type { RawReply } from "@claude-on-aws/fixtures/abuse";

/** Sends bytes, or a text as UTF-8, on a connection of their own and reads until the server hangs up. */
export function sendBytes(port: number, bytes: string | Uint8Array): Promise<string> {
  return sendLatin1(port, typeof bytes === "string" ? Buffer.from(bytes) : bytes);
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
  return parseReply(answer, request.method);
}

/** Reads an answer of HTTP/1.1 whose body is UTF-8. */
export function parseReply(answer: string, method?: string): RawReply {
  const reply = parseBytes(answer, method);
  return { ...reply, body: Buffer.from(reply.body, "latin1").toString("utf8") };
}

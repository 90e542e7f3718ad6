import { connect } from "node:net";

/** A reply of HTTP/1.1 as it came over the wire. */
export interface RawReply {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Whether its body came to its end, as its framing tells; one that ends with the connection always does. */
  readonly isWhole: boolean;
  /** Whether its body ends with the connection. */
  readonly endsWithConnection: boolean;
  /** What came after it. */
  readonly rest: string;
}

/** Sends bytes on a connection of their own and reads until the server hangs up; one character a byte. */
export function sendBytes(port: number, bytes: string | Uint8Array): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () =>
      socket.write(typeof bytes === "string" ? Buffer.from(bytes, "latin1") : bytes),
    );
    const chunks: Buffer[] = [];
    socket.on("data", (chunk: Buffer) => chunks.push(chunk));
    socket.on("error", (error: NodeJS.ErrnoException) => {
      // The server may hang up while we still send; what it said before counts.
      if (chunks.length === 0) reject(error);
    });
    socket.on("close", () => resolve(Buffer.concat(chunks).toString("latin1")));
  });
}

/** Reads the first reply of a text; `undefined` where its head is not whole. */
export function readReply(text: string, method = "GET"): RawReply | undefined {
  const end = text.indexOf("\r\n\r\n");
  if (end < 0) return undefined;
  const [statusLine = "", ...lines] = text.slice(0, end).split("\r\n");
  const headers = Object.fromEntries(
    lines.map((line): [string, string] => {
      const colon = line.indexOf(":");
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  const status = Number(statusLine.split(" ")[1]);
  const body = text.slice(end + 4);
  const length = method === "HEAD" || status < 200 || status === 204 || status === 304 ? 0 : headers["content-length"];
  if (length !== undefined) {
    const expected = Number(length);
    return {
      status,
      headers,
      body: body.slice(0, expected),
      isWhole: body.length >= expected,
      endsWithConnection: false,
      rest: body.slice(expected),
    };
  }
  if (headers["transfer-encoding"] !== "chunked") {
    return { status, headers, body, isWhole: true, endsWithConnection: true, rest: "" };
  }
  return { status, headers, endsWithConnection: false, ...joinChunks(body) };
}

/** Reads the first reply of a text. */
export function parseReply(text: string, method?: string): RawReply {
  const reply = readReply(text, method);
  if (reply === undefined) throw new Error(`Cannot read a reply: ${JSON.stringify(text)}`);
  return reply;
}

/** Reads all replies of a text. */
export function parseReplies(text: string): readonly RawReply[] {
  const replies: RawReply[] = [];
  for (let rest = text; rest !== "";) {
    const reply = parseReply(rest);
    replies.push(reply);
    ({ rest } = reply);
  }
  return replies;
}

function joinChunks(body: string): Pick<RawReply, "body" | "isWhole" | "rest"> {
  let joined = "";
  for (let at = 0; at < body.length;) {
    const lineEnd = body.indexOf("\r\n", at);
    if (lineEnd < 0) break;
    const length = Number.parseInt(body.slice(at, lineEnd), 16);
    const end = lineEnd + 2 + length;
    if (length === 0 && body.startsWith("\r\n", end)) return { body: joined, isWhole: true, rest: body.slice(end + 2) };
    joined += body.slice(lineEnd + 2, end);
    at = end + 2;
  }
  return { body: joined, isWhole: false, rest: "" };
}

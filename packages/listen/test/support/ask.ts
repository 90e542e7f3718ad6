import { readReply } from "@claude-on-aws/fixtures/abuse";
import { once } from "node:events";
import { connectHttp2 } from "@claude-on-aws/fixtures/connect-http2";
import { connect, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import type { Listener, ListenOptions } from "../../src/index.ts";
import { LOCALHOST } from "@claude-on-aws/fixtures/certificates";

/** A way to reach a server. */
export interface Mode {
  readonly name: string;
  readonly version: "1.1" | "2.0";
  readonly secure: boolean;
  readonly options: ListenOptions;
}

/** Every way. */
export const MODES: readonly Mode[] = [
  { name: "HTTP/1.1", version: "1.1", secure: false, options: {} },
  { name: "HTTP/1.1 alone", version: "1.1", secure: false, options: { http2: false } },
  { name: "HTTP/1.1 in TLS", version: "1.1", secure: true, options: { tls: LOCALHOST } },
  { name: "HTTP/2", version: "2.0", secure: false, options: {} },
  { name: "HTTP/2 in TLS", version: "2.0", secure: true, options: { tls: LOCALHOST } },
];

/** Those of one version. */
export const modesOf = (version: Mode["version"]): readonly Mode[] => MODES.filter((mode) => mode.version === version);

/** What is asked. */
export interface Question {
  readonly method?: string;
  readonly target?: string;
  readonly headers?: readonly (readonly [name: string, value: string])[];
  /** The body, sent with its length; `open` where it is sent by and by. */
  readonly body?: string | { readonly open: string };
  /** How much of a reply a client of HTTP/2 takes before it is read. */
  readonly windowBytes?: number;
  /** Leaves the connection open after the answer. */
  readonly keepsConnection?: boolean;
}

/** What came of a reply. */
interface Answer {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Whether the client knows that it is whole. */
  readonly isWhole: boolean;
}

/** A request under way. */
export interface Asked {
  /** Sends more of an open body; resolves when the operating system has it. */
  send(text: string): Promise<void>;
  /** Ends it; resolves likewise. */
  finish(): Promise<void>;
  /** Waits until the reply holds a text. */
  until(text: string): Promise<void>;
  /** Takes nothing more of the reply. */
  pause(): void;
  resume(): void;
  /** Ends the connection, or the stream. */
  leave(how: Leaving): void;
  /** The reply as soon as it is over, in whichever way. */
  readonly answer: Promise<Answer>;
  /** Resolves when the connection is closed. */
  readonly closed: Promise<unknown>;
  /** The code of what the connection or the stream failed with, once it is closed; `undefined` where it did not. */
  readonly error: Promise<string | undefined>;
  /** Asks for something else on the same connection of HTTP/2; `closed` is that of its stream. */
  askBeside(target: string): { readonly closed: Promise<unknown> };
}

/** How a client leaves: by an end of its connection, by a reset of it, or of its stream alone. */
export type Leaving = "end" | "reset" | "reset-stream";

/** Asks a server in one of the ways. */
export async function ask(mode: Mode, { port }: Pick<Listener, "port">, question: Question = {}): Promise<Asked> {
  return mode.version === "2.0" ? askOverHttp2(mode, port, question) : askOverHttp1(mode, port, question);
}

/** A socket to speak on, and the one of TCP below it. */
async function open(secure: boolean, port: number, protocol: string): Promise<{ socket: Socket; tcp: Socket }> {
  const tcp = connect(port, "127.0.0.1");
  await once(tcp, "connect");
  if (!secure) return { socket: tcp, tcp };
  const options = { socket: tcp, ca: LOCALHOST.cert, servername: "localhost", ALPNProtocols: [protocol] };
  const socket = connectTls(options);
  await once(socket, "secureConnect");
  tcp.on("error", () => {});
  return { socket, tcp };
}

/** The end of a body in chunks. */
const LAST_CHUNK = "\r\n0\r\n\r\n";

/** Ends a connection in one of the ways. */
const close = (how: Leaving, tcp: Socket): void => void (how === "reset" ? tcp.resetAndDestroy() : tcp.destroy());

async function askOverHttp1({ secure }: Mode, port: number, question: Question): Promise<Asked> {
  const { method = "GET", target = "/", headers = [], body } = question;
  const { socket, tcp } = await open(secure, port, "http/1.1");
  const framing: readonly (readonly [string, string])[] =
    body === undefined
      ? []
      : typeof body === "string"
        ? [["content-length", String(Buffer.byteLength(body))]]
        : [["transfer-encoding", "chunked"]];
  const lines = [["host", "localhost"] as const, ...headers, ...framing].map(([name, value]) => `${name}: ${value}`);
  let text = "";
  /** What it has at least, where it says its length. */
  let length = 0;
  let isChunked = false;
  let tail = "";
  let code: string | undefined;
  let changed = (): void => {};
  const seen = (): RawReplyOrNone => {
    const reply = readReply(text, method);
    // A client that is told to go on goes on.
    return reply !== undefined && reply.status < 200 ? readReply(reply.rest, method) : reply;
  };
  const answer = new Promise<Answer>((resolve) => {
    const over = (): void => {
      const reply = seen();
      resolve({
        status: reply?.status,
        headers: reply?.headers ?? {},
        body: reply?.body ?? "",
        isWhole: reply?.isWhole ?? false,
      });
      changed();
    };
    socket.on("data", (chunk: Buffer) => {
      text += chunk.toString("latin1");
      changed();
      // Read again only where it may be whole now: the text may be long.
      tail = (tail + chunk.toString("latin1", Math.max(0, chunk.length - LAST_CHUNK.length))).slice(-LAST_CHUNK.length);
      if (text.length < length || (isChunked && tail !== LAST_CHUNK)) return;
      const reply = seen();
      if (reply?.isWhole === true && !reply.endsWithConnection) over();
      length = Number(reply?.headers["content-length"] ?? 0);
      isChunked = reply?.headers["transfer-encoding"] === "chunked";
    });
    socket.on("error", (found: NodeJS.ErrnoException) => {
      code ??= found.code;
      socket.destroy();
    });
    socket.on("close", over);
  });
  // Not once(): that fails where an error comes first, as Deno has one for what was being written.
  const closed = new Promise<"closed">((resolve) => void socket.once("close", () => resolve("closed")));
  const write = (part: string): Promise<void> => new Promise((resolve) => socket.write(part, () => resolve()));
  const send = (part: string): Promise<void> => write(`${Buffer.byteLength(part).toString(16)}\r\n${part}\r\n`);
  socket.write(`${method} ${target} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n${typeof body === "string" ? body : ""}`);
  if (typeof body === "object" && body.open !== "") void send(body.open);
  return {
    send,
    finish: () => write("0\r\n\r\n"),
    until: async (part) => {
      while (!text.includes(part)) await waitFor(socket, text, part, (next) => (changed = next));
    },
    pause: () => void socket.pause(),
    resume: () => void socket.resume(),
    leave: (how) => close(how, tcp),
    answer,
    closed,
    error: closed.then(() => code),
    askBeside: () => {
      throw new Error("A connection of HTTP/1.1 has one request at a time");
    },
  };
}

type RawReplyOrNone = ReturnType<typeof readReply>;

/** Waits for more to come; fails where nothing will. */
function waitFor(socket: Socket, text: string, part: string, listen: (next: () => void) => void): Promise<void> {
  if (socket.destroyed) throw new Error(`Nothing more comes, and "${part}" is not in ${JSON.stringify(text)}`);
  return new Promise((resolve) => listen(resolve));
}

async function askOverHttp2({ secure }: Mode, port: number, question: Question): Promise<Asked> {
  const { method = "GET", target = "/", headers = [], body, windowBytes } = question;
  const { socket, tcp } = await open(secure, port, "h2");
  socket.on("error", () => {});
  const session = connectHttp2(`${secure ? "https" : "http"}://localhost:${port}`, {
    createConnection: () => socket,
    ...(windowBytes === undefined ? {} : { settings: { initialWindowSize: windowBytes } }),
  });
  session.on("error", () => {});
  const stream = session.request(
    { ...Object.fromEntries(headers), ":method": method, ":path": target },
    { endStream: body === undefined },
  );
  const closed = new Promise<"closed">((resolve) => void session.once("close", () => resolve("closed")));
  let status: number | undefined;
  let replyHeaders: Record<string, string> = {};
  let text = "";
  let isEnded = false;
  let changed = (): void => {};
  stream.on("response", (head) => {
    status = Number(head[":status"]);
    replyHeaders = Object.fromEntries(Object.entries(head).map(([name, value]) => [name, String(value)]));
  });
  stream.on("data", (chunk: Buffer) => {
    text += chunk.toString("latin1");
    changed();
  });
  stream.on("end", () => void (isEnded = true));
  let code: string | undefined;
  stream.on("error", (found: NodeJS.ErrnoException) => void (code ??= found.code));
  const answer = new Promise<Answer>((resolve) => {
    stream.on("close", () => {
      resolve({ status, headers: replyHeaders, body: text, isWhole: isEnded && stream.rstCode === 0 });
      changed();
      if (question.keepsConnection !== true) session.destroy();
    });
  });
  if (typeof body === "string") stream.end(body);
  else if (body !== undefined && body.open !== "") stream.write(body.open);
  return {
    send: (part) => new Promise((resolve) => stream.write(part, () => resolve())),
    finish: () => new Promise((resolve) => stream.end(() => resolve())),
    until: async (part) => {
      while (!text.includes(part)) await waitFor(socket, text, part, (next) => (changed = next));
    },
    pause: () => void stream.pause(),
    resume: () => void stream.resume(),
    leave: (how) => {
      // Closed with a code, it would end its body first.
      if (how === "reset-stream") stream.destroy(new Error("left"));
      else close(how, tcp);
    },
    answer,
    closed,
    error: answer.then(() => code),
    askBeside: (beside) => {
      const other = session.request({ ":path": beside }, { endStream: true });
      other.on("error", () => {});
      return { closed: new Promise((resolve) => other.on("close", resolve)) };
    },
  };
}

import type { Provider } from "../terms/provider.ts";
import type { Patience } from "./patience.ts";
import type { Upstream } from "./upstream.ts";
import { expectThat } from "./verdicts.ts";
import { type WireCall, WireConnection } from "./wire/wire-connection.ts";
import type { WireAnswer } from "./wire/wire-answer.ts";

type Header = readonly [name: string, value: string];

/** Where the token of a client stands. */
export type Credential = "authorization" | "x-api-key" | "both" | "none" | "wrong";

/** What a client asks of a gateway. */
export interface ClientRequest {
  readonly method?: "POST" | "GET" | "HEAD";
  /** Path and query behind the gateway's URL. */
  readonly target: string;
  /** Beside those that every request has; one of the same name takes the place of theirs. */
  readonly headers?: readonly Header[];
  /** JSON text as it is to be sent, or what is written as JSON. */
  readonly body?: string | object;
  /** Defaults to that of the settings. */
  readonly credential?: Credential;
}

/** An answer that was read to its end. */
export interface ClientAnswer {
  readonly status: number;
  readonly header: (name: string) => string | undefined;
  readonly headers: readonly Header[];
  readonly bytes: Uint8Array;
  readonly text: string;
  /** The body as JSON; `undefined` where it is none. */
  readonly json: unknown;
  readonly end: WireAnswer["end"];
}

/** What the checks of a gateway are asked with. */
export interface CheckSettings {
  /** The gateway. */
  readonly url: URL;
  readonly token: string | undefined;
  /** Where the token stands, unless a check says otherwise. */
  readonly credential: Credential;
  /** Headers of every request, which this gateway asks for. */
  readonly headers: readonly Header[];
  /** The model as clients of the Messages API name it. */
  readonly model: string;
  /** The model as clients of Amazon Bedrock name it. */
  readonly bedrockModel: string;
  readonly workspaceId: string;
  /** How long a stream is silent where pings are waited for, in milliseconds. */
  readonly silenceMs: number;
  /** How many streams are opened at once. */
  readonly streamsAtOnce: number;
  /** The longest answer that is read, in bytes. */
  readonly maxAnswerBytes: number;
}

const WRONG_TOKEN = "a-token-that-nobody-issued";

/** The headers by which a token is shown. */
const CREDENTIALS: Readonly<Record<Credential, (token: string) => readonly Header[]>> = {
  authorization: (token) => [["authorization", `Bearer ${token}`]],
  "x-api-key": (token) => [["x-api-key", token]],
  both: (token) => [
    ["authorization", `Bearer ${token}`],
    ["x-api-key", token],
  ],
  none: () => [],
  wrong: () => [["authorization", `Bearer ${WRONG_TOKEN}`]],
};

/** What one check asks with: the client's side and the service's side of one gateway. */
export class CheckContext {
  readonly settings: CheckSettings;
  /** The service that stands behind the gateway. */
  readonly provider: Provider;
  readonly upstream: Upstream;
  readonly patience: Patience;
  /** A text that no other request holds: replies are chosen by it. */
  readonly marker: string;
  readonly #open = new Set<WireConnection>();

  constructor(
    settings: CheckSettings,
    provider: Provider,
    upstream: Upstream,
    { patience, marker }: { readonly patience: Patience; readonly marker: string },
  ) {
    this.settings = settings;
    this.provider = provider;
    this.upstream = upstream;
    this.patience = patience;
    this.marker = marker;
  }

  /** The body of a request for a message, with what is given in place. */
  message(more: object = {}): object {
    const messages = [{ role: "user", content: this.marker }];
    return { model: this.settings.model, max_tokens: 256, messages, ...more };
  }

  /** Asks for a message, and reads the whole answer. */
  ask(body: object | string = this.message(), headers: readonly Header[] = []): Promise<ClientAnswer> {
    return this.send({ target: "/v1/messages?beta=true", body, headers });
  }

  /** Asks for a streamed message, and hands the answer over when its head is there. */
  stream(): Promise<WireAnswer> {
    return this.open(this.streamRequest());
  }

  /** What asks for a streamed message. */
  streamRequest(): ClientRequest {
    return { target: "/v1/messages?beta=true", body: this.message({ stream: true }) };
  }

  /** The last request for a message that reached the service. */
  arrival(): Upstream["messages"][number] {
    const arrival = this.upstream.messages.at(-1);
    expectThat(arrival !== undefined, "no request for a message at the service", "one");
    return arrival;
  }

  /** Its body. */
  arrivedBody(): Readonly<Record<string, unknown>> {
    return JSON.parse(Buffer.from(this.arrival().request.body).toString()) as Record<string, unknown>;
  }

  /** Sends a request, and reads the whole answer. */
  async send(request: ClientRequest): Promise<ClientAnswer> {
    return readWhole(this, await this.open(request));
  }

  /** Sends a request on a connection of its own; the body of the answer is read by whoever asks. */
  async open(request: ClientRequest): Promise<WireAnswer> {
    return this.read(await this.connect(), this.call(request));
  }

  /** Does so where the connection may be closed without an answer: `undefined` then. */
  async attempt(request: ClientRequest): Promise<WireAnswer | undefined> {
    const connection = await this.connect();
    const call = this.call(request);
    connection.write(call);
    return this.patience.within(connection.read(call.method), "an answer, or the end of the connection");
  }

  /** Opens a connection that is closed when the check is over. */
  async connect(): Promise<WireConnection> {
    const connection = await this.patience.within(WireConnection.open(this.settings.url), "a connection");
    this.#open.add(connection);
    return connection;
  }

  /** Writes a request on a connection, and reads the head of its answer. */
  async read(connection: WireConnection, call: WireCall): Promise<WireAnswer> {
    connection.write(call);
    const answer = await this.patience.within(connection.read(call.method), "the head of an answer");
    expectThat(answer !== undefined, "the connection closed without an answer", "an answer");
    return answer;
  }

  /** Makes of a request what stands on the wire. */
  call({ method = "POST", target, headers = [], body, credential }: ClientRequest): WireCall {
    const { url, token } = this.settings;
    const shown = credential ?? this.settings.credential;
    const sent = typeof body === "object" ? JSON.stringify(body) : (body ?? "");
    const bytes = Buffer.from(sent);
    const own: readonly Header[] = [
      ["host", url.host],
      ["accept", "application/json"],
      ["user-agent", "claude-on-aws-gateway-check"],
      ["anthropic-version", "2023-06-01"],
      ...(token === undefined && shown !== "wrong" ? [] : CREDENTIALS[shown](token ?? "")),
      ...this.settings.headers,
      ...(body === undefined
        ? []
        : ([
            ["content-type", "application/json"],
            ["content-length", String(bytes.length)],
          ] as const)),
    ];
    const given = new Set(headers.map(([name]) => name));
    return {
      method,
      target: url.pathname.replace(/\/$/, "") + target,
      headers: [...own.filter(([name]) => !given.has(name)), ...headers],
      body: bytes,
    };
  }

  /** Hangs up on everything that is open. */
  close(): void {
    for (const connection of this.#open) connection.close();
    this.#open.clear();
  }
}

/** Reads an answer to its end. */
export async function readWhole({ patience, settings }: CheckContext, answer: WireAnswer): Promise<ClientAnswer> {
  const bytes = await patience.within(takeAll(answer, settings.maxAnswerBytes), "the end of an answer");
  const text = Buffer.from(bytes).toString();
  const { status, headers, end } = answer;
  return { status, headers, header: (name) => answer.header(name), bytes, text, json: parse(text), end };
}

async function takeAll(answer: WireAnswer, maxBytes: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for (let piece = await answer.next(); piece !== undefined; piece = await answer.next()) {
    length += piece.length;
    expectThat(length <= maxBytes, `an answer of more than ${maxBytes} bytes`, "its end before");
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

import type { AwsProvider } from "@claude-on-aws/endpoints";
import { type ClaudeFetch, createFetch } from "@claude-on-aws/fetch";
import { resolveConfig } from "@claude-on-aws/env";
import { listen, type Listener, type Reply, type RequestHead } from "@claude-on-aws/listen";
import { PROVIDERS } from "../support/fetch-providers.ts";
import { type ChangeRequest, createNodeTransport } from "./node-transport.ts";

/** The token of its clients. */
export const TOKEN = "a-token-of-the-reference-gateway";

/** A request of a client, read whole. */
export interface Asked {
  readonly head: RequestHead;
  readonly header: (name: string) => string | undefined;
  readonly path: string;
  readonly body: string;
}

/** What the gateway is about to answer. */
export interface Answered {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: AsyncIterable<Uint8Array>;
}

/** Something that listens in place of a gateway. */
export interface RunningFront {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** How a gateway is wrong. */
export interface Mutation {
  /** Whom it serves: a refusal, or nothing. */
  readonly authenticate?: (asked: Asked, refusal: Reply | undefined) => Reply | undefined;
  /** Answers in place of the service. */
  readonly answer?: (asked: Asked) => Reply | undefined | Promise<Reply | undefined>;
  /** Changes what goes to the service; the request of the client beside it. */
  readonly send?: (request: Parameters<ChangeRequest>[0], asked: Asked) => ReturnType<ChangeRequest>;
  /** Changes what comes from there. */
  readonly reply?: (answered: Answered, asked: Asked) => Answered | Promise<Answered>;
  /** Does not break off what its client has left. */
  readonly goesOn?: () => void;
  /** Sends no pings of its own. */
  readonly isSilent?: boolean;
  /** Passes on what belongs to the client's connection. */
  readonly keepsHopHeaders?: boolean;
  /** Puts something before it. */
  readonly startFront?: (url: string) => Promise<RunningFront>;
  /** How many requests it has under way at once, and what is told where another waits. */
  readonly atOnce?: { readonly most: number; readonly onWait: () => void };
}

/** Silence of a stream behind which it says something: not long, so that no test waits. */
const PING_AFTER_MS = 10;

const ENCODER = new TextEncoder();

/** Writes a refusal of its own. */
export const refusal = (status: number, type: string, message = "The gateway says so"): Reply => ({
  status,
  headers: [
    ["content-type", "application/json"],
    ["x-should-retry", "false"],
  ],
  body: ENCODER.encode(JSON.stringify({ type: "error", error: { type, message } })),
});

/** The least gateway that keeps every demand: it hands on what is asked through `fetch`, with a key of its own. */
export async function startReferenceGateway(
  upstreamUrl: () => string,
  provider: AwsProvider,
  mutation: Mutation = {},
): Promise<Listener> {
  let open = 0;
  const waiting: (() => void)[] = [];
  return listen(async (head, request) => {
    const body = Buffer.from((await request.read(33_554_432)) ?? new Uint8Array()).toString();
    const header = (name: string): string | undefined =>
      head.headers.find(([each]) => each.toLowerCase() === name)?.[1];
    const asked: Asked = { head, header, path: head.target.split("?", 1)[0] ?? "", body };
    const own = refuseCaller(asked, mutation) ?? (await mutation.answer?.(asked)) ?? answerItself(asked, provider);
    if (own !== undefined) return own;
    const { atOnce } = mutation;
    if (atOnce !== undefined && open >= atOnce.most) {
      atOnce.onWait();
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
    open++;
    const change: ChangeRequest = (sent) => mutation.send?.(sent, asked) ?? sent;
    const env = { AWS_REGION: "us-east-1", ...PROVIDERS[provider]?.(upstreamUrl()), ...KEYS[provider] };
    const fetch = createFetch(resolveConfig({ env }), { transport: createNodeTransport(change) });
    const answered = await forward(fetch, asked, mutation.goesOn === undefined ? request.signal : undefined, mutation);
    if (mutation.goesOn !== undefined) request.signal.addEventListener("abort", mutation.goesOn);
    return {
      ...answered,
      onEnd: () => {
        open--;
        waiting.shift()?.();
      },
    };
  });
}

const KEYS: Readonly<Record<AwsProvider, Readonly<Record<string, string>>>> = {
  "anthropic-aws": { ANTHROPIC_AWS_API_KEY: "AEAAexample" },
  bedrock: { AWS_BEARER_TOKEN_BEDROCK: "ABSKexample" },
  mantle: { AWS_BEARER_TOKEN_BEDROCK: "ABSKexample" },
};

function refuseCaller(asked: Asked, { authenticate = (_, refused) => refused }: Mutation): Reply | undefined {
  const tokens = [asked.header("authorization")?.replace(/^Bearer /, ""), asked.header("x-api-key")];
  const isKnown = tokens.includes(TOKEN);
  return authenticate(asked, isKnown ? undefined : refusal(401, "authentication_error"));
}

/** What needs no service. Bedrock's list of models has ids that Claude Code does not take for Claude's. */
function answerItself({ head, path }: Asked, provider: AwsProvider): Reply | undefined {
  if (!head.target.startsWith("/")) return refusal(400, "invalid_request_error");
  if (path === "/api/hello") return { status: 200, headers: [], body: new Uint8Array() };
  if (path !== "/v1/models" || head.method !== "GET" || provider === "anthropic-aws") return undefined;
  const data = [{ type: "model", id: "claude-haiku-4-5-20251001", display_name: "Claude Haiku 4.5" }];
  return {
    status: 200,
    headers: [["content-type", "application/json"]],
    body: ENCODER.encode(JSON.stringify({ data })),
  };
}

async function forward(
  fetch: ClaudeFetch,
  asked: Asked,
  signal: AbortSignal | undefined,
  { reply = (answered) => answered, isSilent = false, keepsHopHeaders = false }: Mutation,
): Promise<Reply> {
  const { head, body } = asked;
  const hop = new Set(keepsHopHeaders ? [] : (asked.header("connection") ?? "").split(",").map((name) => name.trim()));
  const response = await fetch(`http://upstream.invalid${head.target}`, {
    method: head.method,
    headers: head.headers
      .filter(([name]) => !hop.has(name.toLowerCase()) && name.toLowerCase() !== "proxy-authorization")
      .map(([name, value]): [string, string] => [name, value]),
    body: body === "" ? null : body,
    ...(signal === undefined ? {} : { signal }),
  });
  const answered = { status: response.status, headers: [...response.headers], body: piecesOf(response) };
  const changed = await reply(answered, asked);
  const isEvents = response.headers.get("content-type")?.startsWith("text/event-stream") === true;
  return isEvents && !isSilent ? { ...changed, body: withPings(changed.body) } : changed;
}

async function* piecesOf({ body }: Response): AsyncGenerator<Uint8Array> {
  if (body !== null) yield* body;
}

// Says something where a stream says nothing for a while.
async function* withPings(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const pieces = body[Symbol.asyncIterator]();
  for (let next = pieces.next(); ;) {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const timer = setTimeout(() => resolve(undefined), PING_AFTER_MS);
    const read = await Promise.race([next, promise]);
    clearTimeout(timer);
    if (read === undefined) yield ENCODER.encode('event: ping\ndata: {"type":"ping"}\n\n');
    else if (read.done === true) return;
    else {
      yield read.value;
      next = pieces.next();
    }
  }
}

import type { AwsProvider } from "@claude-on-aws/endpoints";
import { connect } from "node:net";
import { startSmugglingFront } from "./smuggling-front.ts";
import type { ManualTimers } from "./manual-timers.ts";
import { type Answered, type Asked, type Mutation, refusal } from "./reference-gateway.ts";

/** A gateway that is wrong in one way. */
export interface Mutant {
  /** What it does. */
  readonly does: string;
  /** The service that it asks. */
  readonly to: AwsProvider;
  /** The check that finds it. */
  readonly breaks: string;
  readonly mutate: (timers: ManualTimers) => Mutation;
  /** Set where what it never does is waited for: other checks of the group would wait, too. */
  readonly isAlone?: true;
}

type Sent = Parameters<NonNullable<Mutation["send"]>>[0];

const textOf = ({ body }: Sent): string => Buffer.from(body as Uint8Array).toString();

/** Changes the text of a body on its way to the service. */
const sends = (change: (body: string, asked: Asked) => string) => (): Mutation => ({
  send: (sent, asked) =>
    sent.body === null
      ? sent
      : { ...sent, signal: sent.signal, body: new Uint8Array(Buffer.from(change(textOf(sent), asked))) },
});

/** Changes the headers on their way to the service. */
const sendsHeaders = (change: (headers: Sent["headers"], asked: Asked) => Sent["headers"]) => (): Mutation => ({
  send: (sent, asked) => ({ ...sent, signal: sent.signal, headers: change(sent.headers, asked) }),
});

const without =
  (...names: readonly string[]) =>
  (headers: Answered["headers"]): Answered["headers"] =>
    headers.filter(([name]) => !names.includes(name));

const valueOf = ({ headers }: Answered, name: string): string | undefined =>
  headers.find(([each]) => each === name)?.[1];

/** Changes the answers that fit. */
const replies =
  (fits: (answered: Answered, asked: Asked) => boolean, change: (answered: Answered) => Answered) => (): Mutation => ({
    reply: (answered, asked) => (fits(answered, asked) ? change(answered) : answered),
  });

const anything = (): boolean => true;

/** Whether the service struck with a fault. */
const hasFault =
  (kind: string) =>
  (answered: Answered): boolean =>
    valueOf(answered, "x-claude-on-aws-fault") === kind;

const isStream = (answered: Answered): boolean =>
  valueOf(answered, "content-type")?.startsWith("text/event-stream") === true;

const asksForStream = ({ body }: Asked): boolean => body.includes('"stream":true');

const isBedrockStream = ({ path }: Asked): boolean => path.endsWith("/invoke-with-response-stream");

const isBedrockForm = ({ path }: Asked): boolean => path.startsWith("/model/");

/** Changes the text of a whole body. */
const text =
  (change: (body: string) => string) =>
  (answered: Answered): Answered => ({
    ...answered,
    headers: without("content-length")(answered.headers),
    body: changedText(answered.body, change),
  });

async function* changedText(body: Answered["body"], change: (body: string) => string): AsyncGenerator<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of body) pieces.push(piece);
  yield Buffer.from(change(Buffer.concat(pieces).toString()));
}

/** Passes on as much as comes before an error, and ends as if that were all. */
const endsWell = (answered: Answered): Answered => text((body) => body.replace(/event: error\n[^]*$/, ""))(answered);

/** Holds each piece back until the next is there. */
const isOneBehind =
  (fits: (asked: Asked) => boolean) =>
  (timers: ManualTimers): Mutation => ({
    isSilent: true,
    reply: (answered, asked) => (fits(asked) ? { ...answered, body: oneBehind(answered.body, timers) } : answered),
  });

async function* oneBehind(body: Answered["body"], timers: ManualTimers): AsyncGenerator<Uint8Array> {
  const held: Uint8Array[] = [];
  for await (const piece of body) {
    held.push(piece);
    timers.expire();
  }
  yield* held;
}

/** Refuses what fits. */
const refuses =
  (fits: (asked: Asked) => boolean, status = 400, type = "invalid_request_error") =>
  (): Mutation => ({ answer: (asked) => (fits(asked) ? refusal(status, type) : undefined) });

/** Lets some in, or keeps some out. */
const authenticates =
  (decide: (asked: Asked, has: { bearer: boolean; key: boolean }) => "in" | "out" | "as-before") => (): Mutation => ({
    authenticate: (asked, refused) => {
      const has = { bearer: asked.header("authorization") !== undefined, key: asked.header("x-api-key") !== undefined };
      const decided = decide(asked, has);
      return decided === "as-before" ? refused : decided === "in" ? undefined : refusal(401, "authentication_error");
    },
  });

const SAYS = /The check of gateways says [a-z-]+\./;

const errorMutants: readonly Mutant[] = [400, 403, 404, 413, 429, 500, 529].map((status) => ({
  does: `calls a ${status} something else`,
  to: "anthropic-aws",
  breaks: `error-${status}-kept`,
  mutate: replies(
    (answered) => answered.status === status,
    text((body) => (SAYS.test(body) ? body.replace(/"[a-z_]+_(?:error|too_large)"/, '"other_error"') : body)),
  ),
}));

/** Calls on whoever the client named, and hangs up. */
const visits = (authority: string): Promise<undefined> =>
  new Promise((resolve) => {
    const [host = "", port] = authority.split(":");
    const socket = connect({ host, port: Number(port) });
    socket
      .on("connect", () => socket.end())
      .on("error", () => {})
      .on("close", () => resolve(undefined));
    socket.resume();
  });

/** One way to be wrong for each check. */
export const MUTANTS: readonly Mutant[] = [
  {
    does: "asks without a key first",
    to: "anthropic-aws",
    breaks: "signed-for-aws",
    mutate: () => ({
      send: async (sent) => {
        const headers = Object.fromEntries(without("x-api-key", "authorization")(sent.headers));
        await fetch(sent.url, { method: "POST", headers, body: "{}" }).then((refused) => refused.text());
        return sent;
      },
    }),
  },
  {
    does: "takes no bearer",
    to: "anthropic-aws",
    breaks: "token-as-bearer",
    mutate: authenticates((_, { bearer, key }) => (bearer && !key ? "out" : "as-before")),
  },
  {
    does: "takes no x-api-key",
    to: "anthropic-aws",
    breaks: "token-as-api-key",
    mutate: authenticates((_, { bearer, key }) => (key && !bearer ? "out" : "as-before")),
  },
  {
    does: "refuses both headers at once",
    to: "anthropic-aws",
    breaks: "token-in-both",
    mutate: authenticates((_, { bearer, key }) => (key && bearer ? "out" : "as-before")),
  },
  {
    does: "serves whoever shows nothing",
    to: "anthropic-aws",
    breaks: "token-missing-refused",
    mutate: authenticates((_, { bearer, key }) => (key || bearer ? "as-before" : "in")),
  },
  {
    does: "serves whoever shows anything",
    to: "bedrock",
    breaks: "token-unknown-refused",
    mutate: authenticates((_, { bearer, key }) => (key || bearer ? "in" : "as-before")),
  },
  {
    does: "tells the service who asked, with the bearer",
    to: "anthropic-aws",
    breaks: "token-stays-here",
    mutate: sendsHeaders((headers, asked) =>
      asked.header("x-api-key") === undefined
        ? [...headers, ["x-client", asked.header("authorization") ?? ""]]
        : headers,
    ),
  },
  {
    does: "tells the service who asked, with the key",
    to: "anthropic-aws",
    breaks: "api-key-stays-here",
    mutate: sendsHeaders((headers, asked) => [...headers, ["x-client", asked.header("x-api-key") ?? ""]]),
  },
  {
    does: "has a version of its own",
    to: "anthropic-aws",
    breaks: "version-forwarded",
    mutate: sendsHeaders((headers) => [...without("anthropic-version")(headers), ["anthropic-version", "2023-06-01"]]),
  },
  {
    does: "drops anthropic-beta",
    to: "anthropic-aws",
    breaks: "betas-forwarded",
    mutate: sendsHeaders((headers) => headers.filter(([, value]) => value !== "interleaved-thinking-2025-05-14")),
  },
  {
    does: "allow-lists betas",
    to: "anthropic-aws",
    breaks: "unknown-beta-forwarded",
    mutate: sendsHeaders((headers) =>
      headers.map(([name, value]) => [name, value.replace(/,made-up-[a-z0-9-]+/, "")] as const),
    ),
  },
  {
    does: "refuses betas that it does not know",
    to: "bedrock",
    breaks: "unknown-beta-not-rejected",
    mutate: refuses(({ header }) => header("anthropic-beta")?.includes("made-up") === true),
  },
  {
    does: "drops headers that it does not know",
    to: "anthropic-aws",
    breaks: "unknown-header-forwarded",
    mutate: sendsHeaders(without("anthropic-future-header")),
  },
  {
    does: "refuses headers that it does not know",
    to: "anthropic-aws",
    breaks: "unknown-header-not-rejected",
    mutate: refuses(({ header }) => header("x-of-tomorrow") !== undefined),
  },
  {
    does: "drops fields that it does not know",
    to: "anthropic-aws",
    breaks: "unknown-field-forwarded",
    mutate: sends((body) => body.replace(/,"field_of_tomorrow":\{[^}]*\}/, "")),
  },
  {
    does: "refuses fields that it does not know",
    to: "anthropic-aws",
    breaks: "unknown-field-not-rejected",
    mutate: refuses(({ body }) => body.endsWith('"field_of_tomorrow":true}')),
  },
  {
    does: "asks for a workspace of its own",
    to: "anthropic-aws",
    breaks: "workspace-forwarded",
    mutate: sendsHeaders((headers) => [
      ...without("anthropic-workspace-id")(headers),
      ["anthropic-workspace-id", "wrkspc_01ZzZzZzZzZzZz"],
    ]),
  },
  {
    does: "puts a block of its own before the system prompt",
    to: "anthropic-aws",
    breaks: "attribution-first",
    mutate: sends((body) =>
      body.replace(
        '"system":[{"type":"text","text":"x-',
        '"system":[{"type":"text","text":"Hi"},{"type":"text","text":"x-',
      ),
    ),
  },
  {
    does: "drops cache_control",
    to: "anthropic-aws",
    breaks: "cache-marks-kept",
    mutate: sends((body) => body.replaceAll(',"cache_control":{"type":"ephemeral"}', "")),
  },
  {
    does: "drops the ttl of cache_control",
    to: "anthropic-aws",
    breaks: "cache-ttl-kept",
    mutate: sends((body) => body.replace(',"ttl":"1h"', "")),
  },
  {
    does: "writes a signature anew",
    to: "anthropic-aws",
    breaks: "thinking-kept",
    mutate: sends((body) => body.replace("ThatIsNoneOfAnthropic==", "ThatIsNoneOfAnthropic")),
  },
  {
    does: "writes numbers anew",
    to: "anthropic-aws",
    breaks: "numbers-kept",
    mutate: sends((body) => (body.includes("12345678901234567890") ? JSON.stringify(JSON.parse(body)) : body)),
  },
  {
    does: "writes the body anew",
    to: "anthropic-aws",
    breaks: "body-bytes-kept",
    mutate: sends((body) => (body.startsWith("{ ") ? JSON.stringify(JSON.parse(body)) : body)),
  },
  {
    does: "drops a field, and keeps its beta",
    to: "anthropic-aws",
    breaks: "pairs-travel-together",
    mutate: sends((body) => body.replace(/,"context_management":\{"edits":\[[^\]]*\]\}/, "")),
  },
  {
    does: "drops fields of tools",
    to: "anthropic-aws",
    breaks: "tool-fields-kept",
    mutate: sends((body) => body.replace(/,"input_examples":\[[^\]]*\]/, "")),
  },
  {
    does: "passes tags on",
    to: "bedrock",
    breaks: "tags-taken-out",
    mutate: sends((body, asked) => (asked.body.includes('"tags"') ? body.replace(/\}$/, ',"tags":{}}') : body)),
  },
  {
    does: "drops safeguards in silence",
    to: "anthropic-aws",
    breaks: "safeguards-passed-or-named",
    mutate: sends((body) => body.replace(/,"safeguards":\{[^}]*\}/, "")),
  },
  {
    does: "takes no more than 10 MB",
    to: "anthropic-aws",
    breaks: "long-body-forwarded",
    mutate: refuses(({ body }) => body.length > 10_000_000, 413, "request_too_large"),
  },
  {
    does: "changes the text",
    to: "anthropic-aws",
    breaks: "answer-text-kept",
    mutate: replies(
      anything,
      text((body) => body.replace("A café, ", "A cafe, ")),
    ),
  },
  {
    does: "has ids of its own for tool calls",
    to: "anthropic-aws",
    breaks: "answer-call-kept",
    mutate: replies(
      anything,
      text((body) => body.replace("toolu_01CheckOfGateways", "toolu_01OfTheGateway")),
    ),
  },
  {
    does: "drops the signature of thinking",
    to: "anthropic-aws",
    breaks: "answer-thinking-kept",
    mutate: replies(
      anything,
      text((body) => body.replace("ThatIsNoneOfAnthropic==", "")),
    ),
  },
  {
    does: "counts no tokens of the cache",
    to: "anthropic-aws",
    breaks: "answer-usage-kept",
    mutate: replies(
      anything,
      text((body) => body.replace('"cache_read_input_tokens":17', '"cache_read_input_tokens":0')),
    ),
  },
  {
    does: "has ids of its own for requests",
    to: "anthropic-aws",
    breaks: "request-id-kept",
    mutate: replies(anything, (answered) => ({
      ...answered,
      headers: [...without("request-id")(answered.headers), ["request-id", "req_of_the_gateway"]],
    })),
  },
  {
    does: "says that it compresses",
    to: "anthropic-aws",
    breaks: "answer-not-encoded",
    mutate: replies(anything, (answered) => ({
      ...answered,
      headers: [...answered.headers, ["content-encoding", "br"]],
    })),
  },
  {
    does: "loses the end of each stream",
    to: "anthropic-aws",
    breaks: "stream-whole",
    mutate: replies(
      (answered) => isStream(answered) && valueOf(answered, "x-claude-on-aws-fault") === undefined,
      text((body) => body.replace(/event: message_stop\n[^]*$/, "")),
    ),
    isAlone: true,
  },
  {
    does: "buffers a stream",
    to: "anthropic-aws",
    breaks: "stream-unbuffered",
    mutate: isOneBehind(asksForStream),
    isAlone: true,
  },
  {
    does: "tears characters",
    to: "bedrock",
    breaks: "stream-odd-pieces",
    mutate: replies(
      hasFault("slice"),
      text((body) => body.replace("é", "\uFFFD\uFFFD")),
    ),
  },
  {
    does: "ends a stream at an event that it does not know",
    to: "anthropic-aws",
    breaks: "stream-unknown-event",
    mutate: replies(
      isStream,
      text((body) => body.replace(/event: event_of_tomorrow\n[^]*$/, "")),
    ),
    isAlone: true,
  },
  {
    does: "sends no pings of its own",
    to: "bedrock",
    breaks: "stream-pings",
    mutate: (timers) => ({
      isSilent: true,
      reply: (answered) => (isStream(answered) ? { ...answered, body: expiring(answered.body, timers) } : answered),
    }),
    isAlone: true,
  },
  {
    does: "ends a broken stream well",
    to: "anthropic-aws",
    breaks: "stream-cut-told",
    mutate: replies(hasFault("cut"), endsWell),
  },
  {
    does: "ends an unfinished stream well",
    to: "bedrock",
    breaks: "stream-unfinished-told",
    mutate: replies(hasFault("unfinished"), endsWell),
  },
  {
    does: "forgets the type of an exception",
    to: "bedrock",
    breaks: "stream-exception-typed",
    mutate: replies(
      hasFault("exception"),
      text((body) => body.replace('"rate_limit_error"', '"api_error"')),
    ),
  },
  {
    does: "begins a stream whatever the service says",
    to: "anthropic-aws",
    breaks: "stream-refused-by-status",
    mutate: () => ({
      reply: (answered, { body }) =>
        answered.status === 429 && body.includes('"stream":true') ? { ...answered, status: 200 } : answered,
    }),
  },
  {
    does: "reads on when its client has left",
    to: "anthropic-aws",
    breaks: "stream-client-gone",
    mutate: (timers) => ({
      goesOn: () => timers.expire(),
      reply: (answered) => ({ ...answered, body: unstoppable(answered.body) }),
    }),
    isAlone: true,
  },
  {
    does: "has few requests under way at once",
    to: "anthropic-aws",
    breaks: "stream-many-at-once",
    mutate: (timers) => ({ atOnce: { most: 8, onWait: () => timers.expire() } }),
    isAlone: true,
  },
  ...errorMutants,
  {
    does: "hides the words of the service",
    to: "anthropic-aws",
    breaks: "error-words-kept",
    mutate: replies(
      anything,
      text((body) => body.replace(SAYS, "An error of the service")),
    ),
  },
  {
    does: "drops retry-after",
    to: "anthropic-aws",
    breaks: "retry-after-kept",
    mutate: replies(anything, (answered) => ({ ...answered, headers: without("retry-after")(answered.headers) })),
  },
  {
    does: "wraps the words of a prompt that is too long",
    to: "anthropic-aws",
    breaks: "prompt-too-long-kept",
    mutate: replies(
      anything,
      text((body) => body.replace("prompt is too long:", "The service says: prompt is too long:")),
    ),
  },
  {
    does: "wraps the words of an input that is too long",
    to: "bedrock",
    breaks: "input-too-long-kept",
    mutate: replies(
      anything,
      text((body) => body.replace("Input is too long.", "Bedrock: Input is too long.")),
    ),
  },
  {
    does: "fails at what is no JSON",
    to: "anthropic-aws",
    breaks: "malformed-body-refused",
    mutate: refuses(({ body }) => body === '{"model":', 500, "api_error"),
  },
  {
    does: "estimates tokens",
    to: "anthropic-aws",
    breaks: "count-exact-or-501",
    mutate: replies(
      (_, { path }) => path.endsWith("/count_tokens"),
      text((body) => body.replace(/\d+/, (tokens) => String(Number(tokens) + 1))),
    ),
  },
  {
    does: "lists models under other names",
    to: "anthropic-aws",
    breaks: "models-listed",
    mutate: replies(
      (_, { path }) => path === "/v1/models",
      text((body) => body.replaceAll('"claude-', '"our-claude-')),
    ),
  },
  {
    does: "fails at the first thing that Claude Code asks",
    to: "anthropic-aws",
    breaks: "hello-answered",
    mutate: refuses(({ path }) => path === "/api/hello", 502, "api_error"),
  },
  {
    does: "has a usage route that says nothing",
    to: "anthropic-aws",
    breaks: "usage-route-formed",
    mutate: refuses(({ path }) => path === "/api/oauth/usage", 200, "none"),
  },
  {
    does: "closes each connection",
    to: "anthropic-aws",
    breaks: "connection-kept",
    mutate: replies(anything, (answered) => ({ ...answered, headers: [...answered.headers, ["connection", "close"]] })),
  },
  {
    does: "passes on what belongs to the connection",
    to: "anthropic-aws",
    breaks: "hop-headers-stay-here",
    mutate: () => ({ keepsHopHeaders: true }),
  },
  {
    does: "takes the end of chunks for the end of a request",
    to: "anthropic-aws",
    breaks: "two-lengths-refused",
    mutate: () => ({ startFront: startSmugglingFront }),
  },
  {
    does: "goes where the host says",
    to: "anthropic-aws",
    breaks: "host-leads-nowhere",
    mutate: () => ({
      answer: ({ header, head }) =>
        head.target.startsWith("/") && head.method === "POST" ? visits(header("host") ?? "") : undefined,
    }),
  },
  {
    does: "goes where the target says",
    to: "anthropic-aws",
    breaks: "target-leads-nowhere",
    mutate: () => ({
      answer: ({ head }) =>
        head.target.startsWith("/")
          ? undefined
          : visits(new URL(head.target).host).then(() => refusal(400, "invalid_request_error")),
    }),
  },
  {
    does: "writes the body of Bedrock anew",
    to: "bedrock",
    breaks: "bedrock-body-kept",
    mutate: sends((body, asked) =>
      isBedrockForm(asked) && body.startsWith("{ ") ? JSON.stringify(JSON.parse(body)) : body,
    ),
  },
  {
    does: "writes the answer of Bedrock anew",
    to: "bedrock",
    breaks: "bedrock-answer-kept",
    mutate: replies(
      ({ status }, { path }) => status === 200 && path.endsWith("/invoke"),
      text((body) => JSON.stringify(JSON.parse(body), undefined, 1)),
    ),
  },
  {
    does: "calls an event stream something else",
    to: "bedrock",
    breaks: "bedrock-frames-kept",
    mutate: replies(
      (_, asked) => isBedrockForm(asked),
      (answered) => ({
        ...answered,
        headers: answered.headers.map(
          ([name, value]) => [name, value.replace("vnd.amazon.eventstream", "octet-stream")] as const,
        ),
      }),
    ),
  },
  {
    does: "buffers an event stream",
    to: "bedrock",
    breaks: "bedrock-frames-unbuffered",
    mutate: isOneBehind(isBedrockStream),
    isAlone: true,
  },
  {
    does: "ends a broken event stream well",
    to: "bedrock",
    breaks: "bedrock-cut-told",
    mutate: replies(hasFault("cut"), (answered) => ({ ...answered, body: withoutError(answered.body) })),
  },
  {
    does: "decodes the path",
    to: "bedrock",
    breaks: "bedrock-arn-kept",
    mutate: () => ({
      send: (sent) => ({ ...sent, signal: sent.signal, url: new URL(sent.url.href.replace(/%2F/i, "/")) }),
    }),
  },
  {
    does: "drops the type of Bedrock's errors",
    to: "bedrock",
    breaks: "bedrock-error-kept",
    mutate: replies(anything, (answered) => ({ ...answered, headers: without("x-amzn-errortype")(answered.headers) })),
  },
  {
    does: "counts tokens by itself",
    to: "bedrock",
    breaks: "bedrock-count-exact",
    mutate: () => ({
      answer: ({ path }) =>
        path.endsWith("/count-tokens")
          ? { status: 200, headers: [], body: new TextEncoder().encode('{"inputTokens":9}') }
          : undefined,
    }),
  },
  {
    does: "fails at inference profiles",
    to: "bedrock",
    breaks: "bedrock-profiles-answered",
    mutate: refuses(({ path }) => path === "/inference-profiles", 502, "api_error"),
  },
];

async function* expiring(body: Answered["body"], timers: ManualTimers): AsyncGenerator<Uint8Array> {
  for await (const piece of body) {
    yield piece;
    timers.expire();
  }
}

async function* withoutError(body: Answered["body"]): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch {
    // As if that were all.
  }
}

// Nobody is told that the rest is not wanted.
async function* unstoppable(body: Answered["body"]): AsyncGenerator<Uint8Array> {
  const pieces = body[Symbol.asyncIterator]();
  for (let read = await pieces.next(); read.done !== true; read = await pieces.next()) yield read.value;
}

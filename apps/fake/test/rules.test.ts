import { DIAGNOSIS_TABLE } from "@claude-on-aws/auth/diagnose";
import {
  type AwsCredentials,
  canonicalRequest,
  deriveSigningKey,
  formatCredentialScope,
  parseAuthorization,
  type SignOptions,
  type WireRequest,
} from "@claude-on-aws/auth/sigv4";
import { createHash, createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { JournalEntry } from "../src/judge/journal-entry.ts";
import { RULE_IDS } from "../src/rules/rule-id.ts";
import { RULES } from "../src/rules/rules.ts";
import type { Finding } from "../src/rules/rule.ts";
import { createFakeCore, EXAMPLE_CREDENTIALS, type FakeOptions } from "../src/server.ts";
import type { ScenarioReply } from "../src/settings/scenario/scenario-reply.ts";
import { queryRequest, signForSts } from "./credential-services/support/send-to-fake.ts";
import { policy } from "./permissions/support.ts";
import { readElsewhere } from "./support/read-elsewhere.ts";
import { GOOD, type GoodProvider, sign as signAny, withBody, withHeader } from "./support/requests.ts";
import { BEDROCK_KEY, SESSION_CREDENTIALS, WORKSPACE_ID, WORKSPACE_KEY } from "./support/start-fake.ts";

/** The fake's clock stands still, but for what a step says. */
const NOW = new Date("2026-11-21T12:00:00Z");

const EXPIRED_CREDENTIALS: AwsCredentials = {
  accessKeyId: "ASIAEXPIRED",
  secretAccessKey: "eXpIrEdSeCrEt/EXAMPLE",
  sessionToken: "FwoGZXIvYXdzEXPIREDTOKEN==",
  expiration: new Date("2026-11-21T11:00:00Z"),
};

/** The access key of a user who may list models and nothing else. */
const LIMITED_CREDENTIALS: AwsCredentials = { accessKeyId: "AKIDLIMITED", secretAccessKey: "lImItEdSeCrEt/EXAMPLE" };

/** Another access key of the same user. */
const OTHER_LIMITED_CREDENTIALS: AwsCredentials = {
  accessKeyId: "AKIDLIMITED2",
  secretAccessKey: "lImItEdSeCrEt/EXAMPLE2",
};

const DEPLOYER_CREDENTIALS: AwsCredentials = { accessKeyId: "AKIDDEPLOYER", secretAccessKey: "dEpLoYeRsEcReT/EXAMPLE" };
const ROLE_ARN = "arn:aws:iam::123456789012:role/reader";

const EXPIRED_KEY = "aws-external-anthropic-api-key-EXPIRED";

const OPTIONS: FakeOptions = {
  credentials: [EXAMPLE_CREDENTIALS, SESSION_CREDENTIALS, EXPIRED_CREDENTIALS],
  apiKeys: [WORKSPACE_KEY, BEDROCK_KEY, { key: EXPIRED_KEY, expiration: new Date("2026-11-21T11:00:00Z") }],
  workspaces: [WORKSPACE_ID],
  principals: [
    {
      name: "limited",
      credentials: [LIMITED_CREDENTIALS, OTHER_LIMITED_CREDENTIALS],
      policies: ["AnthropicReadOnlyAccess"],
    },
    {
      name: "deployer",
      credentials: [DEPLOYER_CREDENTIALS],
      policies: [policy({ Action: "sts:AssumeRole", Resource: ROLE_ARN })],
    },
    { arn: ROLE_ARN, policies: [] },
  ],
  deniedModels: ["claude-opus-4-6"],
  maxDiagnosesPerSecond: 1000,
};

/** One request of a scene. */
interface Step {
  readonly request: WireRequest;
  /** When it comes, in milliseconds of the scene. */
  readonly atMs?: number;
  /** What the fake answers in place of its own reply. */
  readonly reply?: { readonly status: number; readonly headers?: readonly [string, string][] };
  readonly bodyTooLarge?: true;
  /** What the fake is told to say, or does to its stream. */
  readonly scripted?: ScenarioReply;
  /** Where the client leaves: after so many bytes of the reply. */
  readonly leavesAfter?: number;
}

/** A request alone, or several of which the last is judged. */
type Scene = WireRequest | readonly Step[] | Promise<WireRequest | readonly Step[]>;

async function play(scene: Scene): Promise<JournalEntry | undefined> {
  const played = await scene;
  const steps = "method" in played ? [{ request: played }] : played;
  let now = NOW;
  let scripted: ScenarioReply | undefined;
  const fake = createFakeCore({ ...OPTIONS, now: () => now, scenario: { replies: [{ reply: () => scripted }] } });
  for (const { request, atMs = 0, reply, bodyTooLarge, leavesAfter, ...step } of steps) {
    now = new Date(NOW.getTime() + atMs);
    scripted = step.scripted;
    fake.override(
      reply && (async () => ({ status: reply.status, headers: reply.headers ?? [], body: new Uint8Array() })),
    );
    const sent = await fake.handle({
      ...request,
      wire: "received",
      ...(bodyTooLarge === true ? { bodyTooLarge } : {}),
    });
    const whole = sent.body as Uint8Array;
    const bytes = leavesAfter ?? whole.length;
    sent.onEnd?.({ outcome: bytes < whole.length ? "client-left" : "whole", stage: "reply", bytes });
  }
  const { exchanges } = fake.journal.snapshot();
  // What was written down and read again is judged the same.
  expect(readElsewhere(fake).snapshot().exchanges).toStrictEqual(exchanges);
  return exchanges.at(-1);
}

const judge = async (scene: Scene): Promise<readonly Finding[]> => (await play(scene))?.findings ?? [];

const PORT = 4242;

/** A good request, with a user agent, not signed yet. */
const good = (provider: GoodProvider): WireRequest =>
  withHeader(GOOD[provider].request(PORT), "user-agent", "my-agent/1.0");

const aws = good("anthropic-aws");
const bedrock = good("bedrock");
const mantle = good("mantle");

const sign = (request: WireRequest, options: Partial<SignOptions> = {}, service = serviceOf(request)) =>
  signAny(request, service, { date: NOW, ...options });

const serviceOf = ({ target }: WireRequest): string =>
  target.startsWith("/model/") || target.startsWith("/inference-profiles")
    ? "bedrock"
    : target.startsWith("/anthropic/")
      ? "bedrock-mantle"
      : "aws-external-anthropic";

const value = (request: WireRequest, name: string): string =>
  request.headers.find(([key]) => key.toLowerCase() === name)?.[1] ?? "";

/** Signs it, then changes a header. */
const signedWith = async (request: WireRequest, name: string, ...values: string[]): Promise<WireRequest> =>
  withHeader(await sign(request), name, ...values);

/** Signs it, then changes its Authorization. */
async function signedBut(
  request: WireRequest,
  change: (authorization: string) => string,
  options?: Partial<SignOptions>,
): Promise<WireRequest> {
  const signed = await sign(request, options);
  return withHeader(signed, "authorization", change(value(signed, "authorization")));
}

/** Signs one request, and sends another with its signature. */
async function signedAs(
  signed: WireRequest,
  sent: (signed: WireRequest) => WireRequest,
  options?: Partial<SignOptions>,
): Promise<WireRequest> {
  return sent(await sign(signed, options));
}

/** Signs a canonical request that was changed: the mistake of a signer. */
async function signedByHand(request: WireRequest, change: (canonical: string) => string): Promise<WireRequest> {
  const signed = await sign(request);
  const { scope, signedHeaders } = parseAuthorization(value(signed, "authorization"));
  const canonical = change(
    canonicalRequest(signed, { signedHeaders, payloadHash: value(signed, "x-amz-content-sha256") }),
  );
  const hash = createHash("sha256").update(canonical).digest("hex");
  const date = value(signed, "x-amz-date");
  const text = `AWS4-HMAC-SHA256\n${date}\n${formatCredentialScope(scope)}\n${hash}`;
  const key = await deriveSigningKey(EXAMPLE_CREDENTIALS, scope);
  const signature = createHmac("sha256", key).update(text).digest("hex");
  const authorization = value(signed, "authorization").replace(/[0-9a-f]{64}$/, signature);
  return withHeader(signed, "authorization", authorization);
}

const added = (request: WireRequest, ...headers: [string, string][]): WireRequest => ({
  ...request,
  headers: [...request.headers, ...headers],
});

const to = (request: WireRequest, target: string): WireRequest => ({ ...request, target });
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const withText = (request: WireRequest, text: string): WireRequest => ({ ...request, body: bytes(text) });
const get = (request: WireRequest, target: string): WireRequest => ({
  ...withHeader(request, "content-type"),
  method: "GET",
  target,
  body: new Uint8Array(),
});
const keyed = (request: WireRequest, key: string, header = "x-api-key"): WireRequest =>
  withHeader(request, header, header === "authorization" ? `Bearer ${key}` : key);

const secondsLater = (seconds: number): Date => new Date(NOW.getTime() + seconds * 1000);

const arn = "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123";

/** Two attempts: the first was answered with a status, the second comes later and signed at that time. */
const retried = async (
  status: number,
  {
    request = aws,
    retry = request,
    afterMs = 2000,
    signedAtMs = afterMs,
    headers = [],
    credentials,
  }: {
    request?: WireRequest;
    retry?: WireRequest;
    afterMs?: number;
    signedAtMs?: number;
    headers?: [string, string][];
    credentials?: AwsCredentials;
  } = {},
): Promise<readonly Step[]> => [
  { request: await sign(request), reply: { status, headers } },
  {
    request: await sign(retry, { date: secondsLater(signedAtMs / 1000), ...(credentials && { credentials }) }),
    atMs: afterMs,
    reply: { status: 200 },
  },
];

/** As many attempts of one call, all throttled. */
const attempts = async (
  count: number,
  everyMs = 2000,
  request: (index: number) => WireRequest = () => aws,
): Promise<readonly Step[]> =>
  Promise.all(
    Array.from({ length: count }, async (_, index) => ({
      request: await sign(request(index), { date: secondsLater((index * everyMs) / 1000) }),
      atMs: index * everyMs,
      reply: { status: 529 },
    })),
  );

const counted = (count: number): WireRequest => withHeader(aws, "x-stainless-retry-count", String(count));

const invocation = (request: WireRequest): WireRequest => withHeader(request, "amz-sdk-invocation-id", "5f0c-1");

const expired = (request: WireRequest, date: Date): Promise<WireRequest> =>
  sign(request, { credentials: EXPIRED_CREDENTIALS, date });

type Message = Readonly<{ role: string; content: unknown }>;

const HELLO: Message = { role: "user", content: "hello" };
const more = (content: unknown): Message => ({ role: "user", content });
const claude = (...content: readonly object[]): Message => ({ role: "assistant", content });

/** Turns of a conversation that are streamed, with what each is answered. */
const turns = async (
  ...steps: readonly (Omit<Step, "request"> & { readonly messages: readonly Message[] })[]
): Promise<readonly Step[]> =>
  Promise.all(
    steps.map(async ({ messages, atMs = 0, ...step }) => ({
      ...step,
      atMs,
      request: await sign(
        withBody(aws, { messages, stream: true, max_tokens: 2000, thinking: { type: "enabled", budget_tokens: 1024 } }),
        { date: secondsLater(atMs / 1000) },
      ),
    })),
  );

const THINKING = { type: "thinking", thinking: "A tool knows that.", signature: "c2lnbmVk" } as const;
const WEATHER = { type: "tool_use", id: "toolu_01weather", name: "get_weather", input: { city: "Bern" } } as const;
const weatherIs = (text: string): Message =>
  more([{ type: "tool_result", tool_use_id: WEATHER.id, content: [{ type: "text", text }] }]);

/** A turn that calls a tool, and the next one with what the client made of it. */
const toolTurns = (said: readonly object[], first: Omit<Step, "request"> = {}): Promise<readonly Step[]> =>
  turns(
    { messages: [HELLO], scripted: { content: [THINKING, WEATHER] }, ...first },
    { messages: [HELLO, claude(...said), weatherIs("It rains.")] },
  );

/** A text of which three pieces come before its stream is cut, and what the client sends next. */
const cutTurns = (...next: readonly Message[]): Promise<readonly Step[]> =>
  turns(
    { messages: [HELLO], scripted: { text: "It rains in Bern today, and all week.", cutAfterEvents: 6 } },
    { messages: [HELLO, ...next] },
  );

/** A call that is denied, then asked again with the other key of the same user, right after a role was taken on. */
const deniedThenLogin = async (): Promise<readonly Step[]> => [
  { request: await sign(aws, { credentials: LIMITED_CREDENTIALS }) },
  {
    request: await signForSts(
      queryRequest({ Action: "AssumeRole", RoleArn: ROLE_ARN, RoleSessionName: "again" }),
      DEPLOYER_CREDENTIALS,
      NOW,
    ),
  },
  { request: await sign(aws, { credentials: OTHER_LIMITED_CREDENTIALS, date: secondsLater(2) }), atMs: 2000 },
];

const consoleKey = `sk-ant-${"api03"}-${"x".repeat(40)}`;
const oauthToken = `sk-ant-${"oat01"}-${"x".repeat(40)}`;

/** An exchange that keeps to a rule, and one that breaks it. */
interface Pair {
  readonly passes: () => Scene;
  readonly breaks: () => Scene;
}

const PAIRS: Readonly<Record<string, Pair>> = {
  // Authentication
  "authentication-present": { passes: () => sign(aws), breaks: () => aws },
  "authentication-once": {
    passes: () => keyed(aws, WORKSPACE_KEY),
    breaks: () => signedWith(aws, "x-api-key", WORKSPACE_KEY),
  },
  "authorization-once": {
    passes: () => sign(aws),
    breaks: async () => added(await sign(aws), ["Authorization", "AWS4-HMAC-SHA256 x"]),
  },
  "authorization-scheme": {
    passes: () => keyed(bedrock, BEDROCK_KEY, "authorization"),
    breaks: () =>
      signedBut(aws, (authorization) => authorization.replace("AWS4-HMAC-SHA256", "AWS4-ECDSA-P256-SHA256")),
  },
  "sigv4-authorization-form": {
    passes: () => sign(bedrock),
    breaks: () => signedBut(bedrock, (authorization) => authorization.replace(/, Signature=.*/, "")),
  },
  "sigv4-date-present": { passes: () => sign(aws), breaks: () => signedWith(aws, "x-amz-date") },
  "sigv4-date-form": {
    passes: () => sign(aws),
    breaks: () => signedWith(aws, "x-amz-date", "2026-11-21 12:00"),
  },
  "sigv4-scope-terminator": {
    passes: () => sign(aws),
    breaks: () => signedBut(aws, (authorization) => authorization.replace("aws4_request", "aws4")),
  },
  "sigv4-service-in-scope": { passes: () => sign(bedrock), breaks: () => sign(bedrock, {}, "bedrock-runtime") },
  "sigv4-region-in-scope": {
    passes: () => sign(withHeader(bedrock, "host", "bedrock-runtime.us-east-1.amazonaws.com")),
    breaks: () => sign(withHeader(bedrock, "host", "bedrock-runtime.us-east-1.amazonaws.com"), { region: "eu-west-1" }),
  },
  "sigv4-scope-date": {
    passes: () => sign(aws),
    breaks: () => signedBut(aws, (authorization) => authorization.replace("/20261121/", "/20261120/")),
  },
  "sigv4-clock": { passes: () => sign(aws), breaks: () => sign(aws, { date: secondsLater(-3600) }) },
  "sigv4-host-signed": {
    passes: () => sign(aws),
    breaks: () => signedBut(aws, (authorization) => authorization.replace(";host;", ";")),
  },
  "sigv4-signed-headers-canonical": {
    passes: () => sign(aws),
    breaks: () => signedBut(aws, (authorization) => authorization.replace(";host;", ";Host;")),
  },
  "sigv4-signed-headers-sent": {
    passes: () => sign(withHeader(aws, "x-my", "1")),
    breaks: () => signedAs(withHeader(aws, "x-my", "1"), (signed) => withHeader(signed, "x-my")),
  },
  "sigv4-session-token-signed": {
    passes: () => sign(aws, { credentials: SESSION_CREDENTIALS }),
    breaks: () =>
      signedBut(aws, (authorization) => authorization.replace(";x-amz-security-token", ""), {
        credentials: SESSION_CREDENTIALS,
      }),
  },
  "sigv4-access-key-known": {
    passes: () => sign(aws),
    breaks: () => sign(aws, { credentials: { accessKeyId: "AKIDNOBODY", secretAccessKey: "nobody" } }),
  },
  "sigv4-session-token-sent": {
    passes: () => sign(aws, { credentials: SESSION_CREDENTIALS }),
    breaks: () => {
      const { accessKeyId, secretAccessKey } = SESSION_CREDENTIALS;
      return sign(aws, { credentials: { accessKeyId, secretAccessKey } });
    },
  },
  "sigv4-session-token-fits": {
    passes: () => sign(aws, { credentials: SESSION_CREDENTIALS }),
    breaks: () => sign(aws, { credentials: { ...SESSION_CREDENTIALS, sessionToken: "stale-session-token" } }),
  },
  "sigv4-credentials-current": {
    passes: () => sign(aws, { credentials: SESSION_CREDENTIALS }),
    breaks: () => expired(aws, NOW),
  },
  "sigv4-body-signed": {
    passes: () => sign(aws),
    breaks: () => sign(aws, { payloadHash: "UNSIGNED-PAYLOAD" }),
  },
  "sigv4-path-encoded-twice": {
    passes: () => sign(bedrock),
    // As curl 7.88.1 does: with the path as it stands on the wire.
    breaks: () => signedByHand(bedrock, (canonical) => canonical.replace("%253A", "%3A")),
  },
  "sigv4-path-normalized": {
    passes: () => sign(to(aws, "//v1/messages")),
    breaks: () =>
      signedByHand(to(aws, "//v1/messages"), (canonical) => canonical.replace("\n/v1/messages\n", "\n//v1/messages\n")),
  },
  "sigv4-query-canonical": {
    passes: () => sign(get(aws, "/v1/models?limit=2&after_id=a")),
    breaks: () => signedAs(get(aws, "/v1/models"), (signed) => to(signed, "/v1/models?limit=2")),
  },
  "sigv4-host-as-sent": {
    passes: () => sign(aws),
    breaks: () =>
      signedAs(withHeader(aws, "host", "127.0.0.1"), (signed) => withHeader(signed, "host", `127.0.0.1:${PORT}`)),
  },
  "sigv4-headers-as-sent": {
    passes: () => sign(aws),
    breaks: () => signedWith(aws, "content-type", "application/json", "application/json"),
  },
  "sigv4-body-as-sent": {
    passes: () => sign(aws),
    breaks: () => signedAs(aws, (signed) => withBody(signed, { max_tokens: 17 })),
  },
  "sigv4-method-as-sent": {
    passes: () => sign(aws),
    breaks: () => signedAs({ ...aws, method: "GET" }, (signed) => ({ ...signed, method: "POST" })),
  },
  "sigv4-secret-as-issued": {
    passes: () => sign(aws),
    breaks: () =>
      sign(aws, {
        credentials: { ...EXAMPLE_CREDENTIALS, secretAccessKey: `${EXAMPLE_CREDENTIALS.secretAccessKey}\n` },
      }),
  },
  "sigv4-signature-matches": {
    passes: () => sign(aws),
    breaks: () => signedBut(aws, (authorization) => authorization.replace(/.{8}$/, "00000000")),
  },
  "api-key-form": { passes: () => keyed(aws, WORKSPACE_KEY), breaks: () => keyed(aws, `${WORKSPACE_KEY}\n`) },
  "api-key-right-family": {
    passes: () => keyed(bedrock, BEDROCK_KEY, "authorization"),
    breaks: () => keyed(bedrock, "my-own-key-of-a-gateway", "authorization"),
  },
  "api-key-known": { passes: () => keyed(aws, WORKSPACE_KEY), breaks: () => keyed(aws, `${WORKSPACE_KEY}-OTHER`) },
  "api-key-current": { passes: () => keyed(aws, WORKSPACE_KEY), breaks: () => keyed(aws, EXPIRED_KEY) },
  "api-key-right-header": {
    passes: () => keyed(bedrock, BEDROCK_KEY, "authorization"),
    breaks: () => keyed(bedrock, BEDROCK_KEY),
  },

  // Permissions
  "action-allowed": {
    passes: () => sign(get(aws, "/v1/models"), { credentials: LIMITED_CREDENTIALS }),
    breaks: () => sign(aws, { credentials: LIMITED_CREDENTIALS }),
  },

  // Headers
  "workspace-id-present": {
    passes: () => sign(aws),
    breaks: () => sign(withHeader(aws, "anthropic-workspace-id")),
  },
  "workspace-id-form": {
    passes: () => sign(aws),
    breaks: () => sign(withHeader(aws, "anthropic-workspace-id", "default")),
  },
  "workspace-id-once": {
    passes: () => sign(aws),
    breaks: () => sign(withHeader(aws, "anthropic-workspace-id", WORKSPACE_ID, WORKSPACE_ID)),
  },
  "workspace-id-known": {
    passes: () => sign(aws),
    breaks: () => sign(withHeader(aws, "anthropic-workspace-id", "wrkspc_nobody")),
  },
  "workspace-id-signed": {
    passes: () => sign(aws),
    breaks: () =>
      signedAs(withHeader(aws, "anthropic-workspace-id"), (signed) =>
        withHeader(signed, "anthropic-workspace-id", WORKSPACE_ID),
      ),
  },
  "content-type-present": { passes: () => sign(aws), breaks: () => sign(withHeader(aws, "content-type")) },
  "content-type-json": {
    passes: () => sign(withHeader(aws, "content-type", "application/json; charset=utf-8")),
    breaks: () => sign(withHeader(aws, "content-type", "text/plain")),
  },
  "content-type-once": {
    passes: () => sign(aws),
    breaks: () => signedWith(aws, "content-type", "application/json", "application/json"),
  },
  "headers-not-repeated": {
    passes: () => sign(added(aws, ["anthropic-beta", "a"])),
    breaks: () => keyed(added(aws, ["User-Agent", "my-agent/1.0"]), WORKSPACE_KEY),
  },
  "invocation-headers-known": {
    passes: () => sign(withHeader(bedrock, "x-amzn-bedrock-trace", "ENABLED_FULL")),
    breaks: () => sign(withHeader(bedrock, "x-amzn-bedrock-trace", "MAYBE")),
  },
  "signed-headers-without-underscore": {
    passes: () => sign(withHeader(aws, "session-id", "1")),
    breaks: () => sign(withHeader(aws, "session_id", "1")),
  },
  "mantle-signed-headers-without-underscore": {
    passes: async () => added(await sign(mantle), ["session_id", "1"]),
    breaks: () => sign(withHeader(mantle, "session_id", "1")),
  },
  "signed-headers-not-hop-by-hop": {
    passes: async () => added(await sign(aws), ["connection", "keep-alive"]),
    breaks: () =>
      signedBut(added(aws, ["connection", "keep-alive"]), (text) =>
        text.replace(";content-type;", ";connection;content-type;"),
      ),
  },
  "signed-headers-not-rewritten": {
    passes: () => sign(aws),
    breaks: () => signedBut(aws, (text) => text.replace(/SignedHeaders=([^,]*)/, "SignedHeaders=$1;x-amzn-trace-id")),
  },
  "amz-headers-signed": {
    passes: () => sign(withHeader(aws, "x-amz-user-agent", "a")),
    breaks: async () => added(await sign(aws), ["x-amz-user-agent", "a"]),
  },
  "accept-fits-operation": {
    passes: () => sign(withHeader(aws, "accept", "text/html, */*;q=0.1")),
    breaks: () => sign(withHeader(aws, "accept", "text/html")),
  },
  "user-agent-present": { passes: () => sign(aws), breaks: () => sign(withHeader(aws, "user-agent")) },
  "user-agent-names-client": {
    passes: () => sign(aws),
    breaks: () => sign(withHeader(aws, "user-agent", "Deno/2.9.1")),
  },
  "headers-well-formed": {
    passes: () => sign(withHeader(aws, "x-name", "Zoe")),
    breaks: () => sign(withHeader(aws, "x-name", "Zoë")),
  },
  "headers-small": {
    passes: () => sign(withHeader(aws, "x-long", "x".repeat(8_000))),
    breaks: () => sign(withHeader(aws, "x-long", "x".repeat(16_384))),
  },
  "content-length-right": {
    passes: () => sign(withHeader(aws, "content-length", String(aws.body.length))),
    breaks: () => sign(withHeader(aws, "content-length", "1")),
  },
  "content-sha256-right": {
    passes: () => sign(aws, { payloadHash: undefined }),
    breaks: () => signedWith(aws, "x-amz-content-sha256", "0".repeat(64)),
  },

  // Versions
  "api-version-present": { passes: () => sign(mantle), breaks: () => sign(withHeader(mantle, "anthropic-version")) },
  "api-version-known": {
    passes: () => sign(withHeader(aws, "anthropic-version", "2026-10-21")),
    breaks: () => sign(withHeader(aws, "anthropic-version", "2025-01-01")),
  },
  "api-version-not-in-body": {
    passes: () => sign(aws),
    breaks: () => sign(withBody(aws, { anthropic_version: "2023-06-01" })),
  },
  "bedrock-version-in-body": {
    passes: () => sign(withBody(bedrock, { anthropic_version: "2026-10-21" })),
    breaks: () => sign(withBody(bedrock, { anthropic_version: "2023-06-01" })),
  },
  "bedrock-version-header-known": {
    passes: () => sign(withHeader(bedrock, "anthropic-version", "2023-06-01")),
    breaks: () => sign(withHeader(bedrock, "anthropic-version", "bedrock-2023-05-31")),
  },

  // Paths
  "route-known": { passes: () => sign(aws), breaks: () => sign(to(aws, "/v1/complete")) },
  "path-arn-slash-encoded": {
    passes: () => sign(to(bedrock, `/model/${encodeURIComponent(arn)}/invoke`)),
    breaks: () => sign(to(bedrock, `/model/${arn}/invoke`)),
  },
  "path-encoded-once-on-wire": {
    passes: () => sign(bedrock),
    breaks: () => sign(to(bedrock, bedrock.target.replace("%3A", "%253A"))),
  },
  "path-without-doubled-slash": { passes: () => sign(aws), breaks: () => sign(to(aws, "//v1/messages")) },
  "path-without-dot-segments": { passes: () => sign(aws), breaks: () => sign(to(aws, "/v1/./messages")) },
  "path-v1-once": { passes: () => sign(aws), breaks: () => sign(to(aws, "/v1/v1/messages")) },
  "path-without-trailing-slash": { passes: () => sign(aws), breaks: () => sign(to(aws, "/v1/messages/")) },
  "path-anthropic-prefix-only-on-mantle": {
    passes: () => sign(aws),
    breaks: () => sign(to(aws, "/anthropic/v1/messages"), {}, "aws-external-anthropic"),
  },
  "path-characters": {
    passes: () => sign(bedrock),
    breaks: () => sign(get(aws, "/v1/models/claude sonnet")),
  },
  "query-characters": {
    passes: () => sign(get(aws, "/v1/models?after_id=a%20b")),
    breaks: () => sign(get(aws, "/v1/models?after_id=a b")),
  },
  "query-space-not-plus": {
    passes: () => sign(get(aws, "/v1/models?after_id=a%20b")),
    breaks: () => sign(get(aws, "/v1/models?after_id=a+b")),
  },
  "query-beta-not-on-bedrock": {
    passes: () => sign(bedrock),
    breaks: () => sign(to(bedrock, `${bedrock.target}?beta=true`)),
  },

  // Bodies
  "body-json-object": { passes: () => sign(aws), breaks: () => sign(withText(aws, "max_tokens=16")) },
  "body-utf8": {
    passes: () => sign(withBody(aws, { system: "Grüß Gott" })),
    breaks: () => sign({ ...aws, body: new Uint8Array([...aws.body.slice(0, -1), 0x20, 0xfc, 0x7d]) }),
  },
  "body-without-byte-order-mark": {
    passes: () => sign(aws),
    breaks: () => sign({ ...aws, body: new Uint8Array([0xef, 0xbb, 0xbf, ...aws.body]) }),
  },
  "body-names-once": {
    passes: () => sign(aws),
    breaks: () => sign(withText(aws, new TextDecoder().decode(aws.body).replace("{", '{"max_tokens":1,'))),
  },
  "body-size": {
    passes: () => sign(aws),
    breaks: async () => [
      { request: { ...(await sign({ ...aws, body: new Uint8Array() })), body: new Uint8Array() }, bodyTooLarge: true },
    ],
  },
  "get-without-body": {
    passes: () => sign(get(aws, "/v1/models")),
    breaks: () => sign({ ...get(aws, "/v1/models"), body: bytes("{}") }),
  },
  "max-tokens-present": {
    passes: () => sign(bedrock),
    breaks: () => sign(withBody(bedrock, { max_tokens: undefined })),
  },
  "messages-present": { passes: () => sign(mantle), breaks: () => sign(withBody(mantle, { messages: [] })) },
  "invoke-model-without-model": {
    passes: () => sign(bedrock),
    breaks: () => sign(withBody(bedrock, { model: "claude-sonnet-4-5" })),
  },
  "invoke-model-without-stream": {
    passes: () => sign(bedrock),
    breaks: () => sign(withBody(bedrock, { stream: false })),
  },
  "bedrock-betas-in-body": {
    passes: () =>
      sign(
        withBody(withHeader(bedrock, "anthropic-beta", "context-1m-2025-08-07"), {
          anthropic_beta: ["context-1m-2025-08-07"],
        }),
      ),
    breaks: () => sign(withHeader(bedrock, "anthropic-beta", "context-1m-2025-08-07")),
  },
  "bedrock-betas-a-list": {
    passes: () => sign(withBody(bedrock, { anthropic_beta: [] })),
    breaks: () => sign(withBody(bedrock, { anthropic_beta: "context-1m-2025-08-07" })),
  },
  "betas-known": {
    passes: () => sign(withBody(bedrock, { anthropic_beta: ["context-1m-2025-08-07"] })),
    breaks: () => sign(withBody(bedrock, { anthropic_beta: ["no-such-beta-2020-01-01"] })),
  },
  "model-known": {
    passes: () => sign(aws),
    breaks: () => sign(withBody(aws, { model: "us.anthropic.claude-sonnet-4-6" })),
  },
  "model-through-profile": {
    passes: () => sign(bedrock),
    breaks: () => sign(to(bedrock, "/model/anthropic.claude-opus-4-7/invoke")),
  },
  "model-accessible": {
    passes: () => sign(aws),
    breaks: () => sign(withBody(aws, { model: "claude-opus-4-6" })),
  },
  "body-accepted": {
    passes: () => sign(aws),
    breaks: () => sign(withBody(aws, { messages: [{ role: "robot", content: "x" }] })),
  },
  "model-takes-body": {
    passes: () => sign(withBody(aws, { output_config: { effort: "max" } })),
    breaks: () => sign(withBody(aws, { output_config: { effort: "xhigh" } })),
  },

  // Retries
  "retry-signed-anew": {
    passes: () => retried(529),
    breaks: () => retried(529, { afterMs: 5000, signedAtMs: 0 }),
  },
  "retry-after-honoured": {
    passes: () => retried(429, { headers: [["retry-after", "2"]] }),
    breaks: () => retried(429, { headers: [["retry-after", "30"]] }),
  },
  "retry-only-what-may-succeed": { passes: () => retried(503), breaks: () => retried(400) },
  "retry-renews-expired-credentials": {
    passes: async () => [
      { request: await expired(aws, NOW) },
      { request: await sign(aws, { credentials: SESSION_CREDENTIALS, date: secondsLater(2) }), atMs: 2000 },
    ],
    breaks: async () => [
      { request: await expired(aws, NOW) },
      { request: await expired(aws, secondsLater(2)), atMs: 2000 },
    ],
  },
  "retry-bounded": { passes: () => attempts(11), breaks: () => attempts(12) },
  "retry-count-rises": {
    passes: () => retried(529, { request: counted(0), retry: counted(1) }),
    breaks: () => retried(529, { request: counted(1), retry: counted(1) }),
  },
  "retry-body-unchanged": {
    passes: () => retried(529, { request: invocation(bedrock) }),
    breaks: () =>
      retried(529, { request: invocation(bedrock), retry: withBody(invocation(bedrock), { max_tokens: 8 }) }),
  },
  "retry-backs-off": { passes: () => attempts(6, 2000, counted), breaks: () => attempts(6, 2, counted) },
  "retry-not-hammered": { passes: () => attempts(20, 20), breaks: () => attempts(20, 40) },
  "retry-what-asks-for-it": {
    passes: () => retried(429, { headers: [["retry-after", "2"]] }),
    breaks: () =>
      turns(
        { messages: [HELLO], reply: { status: 429, headers: [["retry-after", "2"]] } },
        { messages: [HELLO, more("Are you there?")], atMs: 90_000 },
      ),
  },
  "retry-without-login-after-denial": {
    passes: async () => [
      { request: await sign(aws, { credentials: LIMITED_CREDENTIALS }) },
      {
        request: await sign(get(aws, "/v1/models"), { credentials: LIMITED_CREDENTIALS, date: secondsLater(2) }),
        atMs: 2000,
      },
    ],
    breaks: deniedThenLogin,
  },

  // Conversations
  "cut-answer-not-used": {
    passes: () => cutTurns(),
    breaks: () => cutTurns(claude({ type: "text", text: "It rains" }), more("Thanks. And tomorrow?")),
  },
  "thinking-kept": { passes: () => toolTurns([THINKING, WEATHER]), breaks: () => toolTurns([WEATHER]) },
  "thinking-unaltered": {
    passes: () => toolTurns([THINKING, WEATHER]),
    breaks: () => toolTurns([{ ...THINKING, thinking: "A tool knows that" }, WEATHER]),
  },
  "left-call-not-run": {
    passes: () =>
      turns(
        { messages: [HELLO], scripted: { content: [WEATHER] }, leavesAfter: 700 },
        {
          messages: [
            HELLO,
            claude(WEATHER),
            more([{ type: "tool_result", tool_use_id: WEATHER.id, is_error: true, content: "Aborted" }]),
          ],
        },
      ),
    breaks: () => toolTurns([WEATHER], { scripted: { content: [WEATHER] }, leavesAfter: 700 }),
  },

  // Credential hygiene
  "url-without-secret": {
    passes: () => sign(get(aws, "/v1/models?limit=2")),
    breaks: () => keyed(get(aws, `/v1/models?after_id=${WORKSPACE_KEY}`), WORKSPACE_KEY),
  },
  "headers-without-secret-key": {
    passes: () => sign(aws),
    breaks: () => sign(withHeader(aws, "x-secret", EXAMPLE_CREDENTIALS.secretAccessKey)),
  },
  "session-token-in-its-header": {
    passes: () => sign(aws, { credentials: SESSION_CREDENTIALS }),
    breaks: () =>
      sign(withHeader(aws, "x-token", SESSION_CREDENTIALS.sessionToken ?? ""), { credentials: SESSION_CREDENTIALS }),
  },
  "api-key-in-its-header": {
    passes: () => keyed(aws, WORKSPACE_KEY),
    breaks: () => keyed(withHeader(aws, "x-forwarded-key", WORKSPACE_KEY), WORKSPACE_KEY),
  },
  "body-without-credential": {
    passes: () => keyed(aws, WORKSPACE_KEY),
    breaks: () => sign(withBody(aws, { system: `The secret is ${EXAMPLE_CREDENTIALS.secretAccessKey}` })),
  },
  "no-console-key": { passes: () => keyed(aws, WORKSPACE_KEY), breaks: () => keyed(aws, consoleKey) },
  "no-oauth-token": {
    passes: () => keyed(bedrock, BEDROCK_KEY, "authorization"),
    breaks: () => keyed(bedrock, oauthToken, "authorization"),
  },
  "no-key-of-other-provider": { passes: () => keyed(aws, WORKSPACE_KEY), breaks: () => keyed(aws, BEDROCK_KEY) },
  "no-key-beside-signature": {
    passes: () => sign(bedrock),
    breaks: () => signedWith(bedrock, "x-api-key", BEDROCK_KEY),
  },
  "no-cookie": { passes: () => sign(aws), breaks: () => sign(withHeader(aws, "cookie", "a=b")) },
  "no-proxy-credentials": {
    passes: () => sign(aws),
    breaks: async () => added(await sign(aws), ["proxy-authorization", "Basic eA=="]),
  },
};

describe("the table of rules", () => {
  test("has an exchange that keeps to each rule, and one that breaks it", () => {
    expect(Object.keys(PAIRS)).toEqual(RULES.map(({ id }) => id));
  });

  test("names each rule once, and says where it is demanded", () => {
    expect(RULES.map(({ id }) => id)).toEqual(RULE_IDS);
    expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length);
    expect(RULES.length).toBeGreaterThanOrEqual(45);
    for (const { id, what, fix, source } of RULES) {
      expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)+$/);
      expect(source).toMatch(/^https:\/\/[\w.-]+\/|^(?:@[\w-]+\/[\w-]+|Claude Code) \d/);
      for (const sentence of [what, fix]) expect(sentence).toMatch(/\.$/);
    }
  });
});

describe("a request that is refused", () => {
  test.each(Object.entries(PAIRS))("breaks a rule that says so, as where %s is broken", async (_, { breaks }) => {
    const entry = await play(breaks());
    const refused = entry?.checks.some(({ fault }) => fault !== undefined);
    const failed = entry?.findings.some(({ level }) => level === "fail");

    expect(failed || refused !== true).toBe(true);
  });

  test("breaks a rule by each mistake that can be diagnosed", () => {
    const codes = new Set<string>(RULES.flatMap((rule) => ("brokenBy" in rule ? rule.brokenBy : [])));

    // The signature itself is wrong where no other mistake explains it.
    expect(Object.keys(DIAGNOSIS_TABLE).filter((code) => !codes.has(code))).toEqual(["UNKNOWN"]);
  });
});

const ofRule = (findings: readonly Finding[], rule: string): Finding | undefined =>
  findings.find((finding) => finding.rule === rule);

describe.each(RULES)("$id", ({ id, level }) => {
  test("passes where it is kept", async () => {
    const scene = PAIRS[id]?.passes();

    expect(scene && ofRule(await judge(scene), id)).toEqual({ rule: id, level: "pass" });
  });

  test("is broken where it is not", async () => {
    const scene = PAIRS[id]?.breaks();

    expect(scene && ofRule(await judge(scene), id)).toEqual({
      rule: id,
      level,
      message: expect.stringMatching(/.\.?$/),
      fix: expect.stringMatching(/.\.$/),
    });
  });
});

describe("signed-headers-without-underscore", () => {
  const ID = "signed-headers-without-underscore";

  test("fails on mantle, and warns elsewhere", async () => {
    for (const provider of ["anthropic-aws", "bedrock", "mantle"] as const) {
      const findings = await judge(sign(withHeader(good(provider), "session_id", "1")));
      const broken = findings.filter(({ rule, level }) => rule.endsWith(ID) && level !== "pass");

      expect(broken.map(({ rule, level }) => [rule, level])).toEqual([
        provider === "mantle" ? [`mantle-${ID}`, "fail"] : [ID, "warn"],
      ]);
    }
  });
});

describe("content-type-json", () => {
  test.each([
    ["bedrock", "application/octet-stream"],
    ["bedrock", "application/vnd.amazon+json"],
    ["anthropic-aws", "Application/JSON ; charset=utf-8"],
  ] as const)("passes on %s with %s, as the request does", async (provider, type) => {
    const entry = await play(sign(withHeader(good(provider), "content-type", type)));

    expect(entry?.checks.filter(({ fault }) => fault !== undefined)).toEqual([]);
    expect(ofRule(entry?.findings ?? [], "content-type-json")).toEqual({ rule: "content-type-json", level: "pass" });
  });
});

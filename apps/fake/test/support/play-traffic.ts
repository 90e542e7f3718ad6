import type { AwsCredentials, WireRequest } from "@claude-on-aws/auth/sigv4";
import { pick, seededRandom } from "@claude-on-aws/fixtures";
import { createFakeCore, EXAMPLE_CREDENTIALS, type FakeCore, type FakeCoreOptions } from "../../src/server.ts";
import { GOOD, type GoodProvider, sign, withBody, withHeader } from "./requests.ts";
import { BEDROCK_KEY, CREDENTIALS, SESSION_CREDENTIALS, WORKSPACE_ID, WORKSPACE_KEY } from "./start-fake.ts";

/** A value for each place in which a request may be damaged: plain ones, or secrets. */
type ValueAt = (place: string) => string;

const PROVIDERS = Object.keys(GOOD) as GoodProvider[];

type Damage = (request: WireRequest, value: string) => WireRequest;

const add = (request: WireRequest, ...headers: WireRequest["headers"]): WireRequest => ({
  ...request,
  headers: [...request.headers, ...headers],
});

/** What goes wrong with requests, or may look as if it did; each takes a value to put where it belongs least. */
const DAMAGES: Readonly<Record<string, Damage>> = {
  query: (request, value) => ({ ...request, target: `${request.target}?key=${value}&beta=true` }),
  "query-with-spaces": (request, value) => ({ ...request, target: `${request.target}?a+b=${value}` }),
  "signature-in-query": (request, value) => ({
    ...request,
    target: `${request.target}?X-Amz-Signature=${value}&X-Amz-Security-Token=${value}`,
  }),
  path: (request, value) => ({ ...request, target: `${request.target}/${value}` }),
  slashes: (request) => ({ ...request, target: `//.${request.target}/` }),
  arn: (request) => ({ ...request, target: "/model/arn%3Aaws%3Abedrock::1:inference-profile/us.a%253A0/invoke" }),
  "custom-token": (request, value) => add(request, ["x-gateway-auth-token", value]),
  "custom-header": (request, value) => add(request, ["x-custom", value]),
  cookie: (request, value) => add(request, ["cookie", `a=${value}`]),
  "proxy-authorization": (request, value) => add(request, ["Proxy-Authorization", `Basic ${value}`]),
  "two-keys": (request, value) => add(request, ["x-api-key", value], ["X-Api-Key", value]),
  "other-scheme": (request, value) => withHeader(request, "authorization", `Basic ${value}`),
  "scheme-alone": (request, value) => withHeader(request, "authorization", value),
  "session-token": (request, value) => withHeader(request, "x-amz-security-token", value),
  bearer: (request, value) => withHeader(request, "authorization", `Bearer ${value}`),
  "no-user-agent": (request) => withHeader(request, "user-agent"),
  "not-ascii": (request) => add(request, ["x-näme", "välue"]),
  accept: (request) => withHeader(request, "accept", "text/plain"),
  "body-changed": (request) => withBody(request, { max_tokens: 0, stream: true, anthropic_beta: "a", model: 5 }),
  "body-long": (request) => withBody(request, { system: "x".repeat(400) }),
  "body-text": (request, value) => withBody(request, { system: value }),
  "body-cut": (request, value) =>
    withBody(request, { system: `${"x".repeat(Math.max(0, 280 - request.body.length))}${value}` }),
  "body-not-json": (request) => ({ ...request, body: new TextEncoder().encode("\uFEFF{") }),
  "body-not-utf8": (request) => ({ ...request, body: Uint8Array.of(0x7b, 0xff, 0x7d) }),
  "body-name-twice": (request) => ({ ...request, body: new TextEncoder().encode('{"max_tokens":1e999,"a":1,"a":2}') }),
  get: (request) => ({ ...request, method: "GET" }),
};

/** Ways to say who sends a request. */
const AUTHENTICATIONS: readonly ((request: WireRequest, service: string, date: Date) => Promise<WireRequest>)[] = [
  (request, service, date) => sign(request, service, { date }),
  (request, service, date) => sign(request, service, { date, credentials: SESSION_CREDENTIALS }),
  (request, _, date) => sign(request, "s3", { date, credentials: SESSION_CREDENTIALS }),
  async (request) => withHeader(request, "x-api-key", WORKSPACE_KEY),
  async (request) => withHeader(request, "authorization", `Bearer ${BEDROCK_KEY}`),
  async (request) => request,
];

const AGENTS = ["my-agent/1.0", "AnthropicAws/JS 1.11.0", "claude-cli/2.1.329 (external)", "node"];

/** How requests are played. */
export interface Traffic {
  /** How many requests, retries among them. */
  readonly count: number;
  readonly seed: number;
  /** What stands in the places that were damaged. */
  readonly valueAt?: ValueAt;
  readonly credentials?: readonly AwsCredentials[];
  /** Where its exchanges are kept. */
  readonly journal?: FakeCoreOptions["journal"];
}

/**
 * Plays traffic to a fake: good and damaged requests of every provider and kind of authentication, throttled and
 * overloaded at times, and retried with and without what a retry should have. It is the same for the same seed.
 *
 * @returns The fake, with all of it in its journal.
 */
export async function playTraffic({
  count,
  seed,
  valueAt = (place) => place,
  credentials,
  journal,
}: Traffic): Promise<FakeCore> {
  const random = seededRandom(seed);
  let now = Date.UTC(2026, 10, 21);
  let ids = 0;
  const fake = createFakeCore({
    now: () => new Date(now),
    randomUuid: () => `00000000-0000-4000-8000-${String(ids++).padStart(12, "0")}`,
    credentials: [EXAMPLE_CREDENTIALS, ...Object.values(CREDENTIALS), ...(credentials ?? [])],
    apiKeys: [WORKSPACE_KEY, BEDROCK_KEY],
    workspaces: [WORKSPACE_ID],
    maxJournalExchanges: count,
    maxJournalBodyBytes: 300,
    journal,
  });
  const headers = (): WireRequest["headers"] =>
    pick(random, [[], [["retry-after", "2"]], [["x-should-retry", "true"]]]);
  fake.override(async () =>
    random() < 0.7 ? undefined : { status: pick(random, [429, 529, 401]), headers: headers(), body: new Uint8Array() },
  );
  while (fake.journal.total < count) {
    const { request, service } = GOOD[pick(random, PROVIDERS)];
    const authenticate = pick(random, AUTHENTICATIONS);
    const names = Object.keys(DAMAGES).filter(() => random() < 0.06);
    const counted = random() < 0.3;
    const base = withHeader(request(80), "user-agent", pick(random, AGENTS));
    let sent: WireRequest | undefined;
    for (let attempt = 0; attempt < 4 && fake.journal.total < count; attempt++) {
      now += pick(random, [10, 1500, 2500, 61_000]);
      const withCount = counted ? withHeader(base, "x-stainless-retry-count", String(attempt)) : base;
      if (sent === undefined || random() < 0.7) sent = await authenticate(withCount, service, new Date(now));
      const damaged = names.reduce((whole, name) => DAMAGES[name]?.(whole, valueAt(name)) ?? whole, sent);
      const { status } = await fake.handle({ ...damaged, wire: random() < 0.9 ? "received" : "reconstructed" });
      if (status < 400 || random() < 0.3) break;
    }
  }
  return fake;
}

import { createHash } from "node:crypto";
import {
  leaksIn,
  makePassword,
  makeToken,
  type MadeUpSecret,
  seededRandom,
  SOAK,
  soakLength,
  type Spelling,
  SPELLINGS,
} from "@claude-on-aws/fixtures";
import type { WireRequest } from "@claude-on-aws/auth/sigv4";
import { expect, test } from "vitest";
import { createFakeCore, type FakeCore, formatFakeReport } from "../src/server.ts";
import { formatGithubAnnotations } from "../src/report/format-github-annotations.ts";
import { GOOD, type GoodProvider, sign } from "./support/requests.ts";
import { NAMED_PLACES, TEXT_PLACES } from "./support/secret-places.ts";

const SECRETS = soakLength(10_000, 250);
/** At full length it takes secrets that nobody has seen. */
const SEED = SOAK ? Math.floor(Math.random() * 4_294_967_296) : 20_261_129;
/** As many exchanges are in one journal, of which reports are made. */
const JOURNAL_LENGTH = 250;

/** Values that are no secrets, and are shown: in each exchange. */
const HARMLESS: readonly (readonly [string, string])[] = [
  ["anthropic-version", "2023-06-01"],
  ["anthropic-beta", "context-1m-2025-08-07,interleaved-thinking-2025-05-14"],
  ["x-stainless-retry-count", "0"],
  ["x-amzn-trace-id", "Root=1-67891233-abcdef012345678912345678"],
  ["amz-sdk-invocation-id", "6506f0be-b2d2-4172-926b-8dd59e7426d4"],
  ["x-claude-code-session-id", "39fa0d99-032d-42d8-899d-07e0e5f0be02"],
  ["idempotency-key", "stainless-node-retry-d678ac22-fb1a-45d8-a765-fbe5e345a2c2"],
  ["accept-language", "*"],
];

const THINKING = {
  type: "thinking",
  thinking: "so it is",
  signature: "EqoBCkgIARABGAIiQL2UoU0b1OHYi+6Wl0hNtK6yQ0S5N2Jm/yT9kYqZ8Pz0c1d9V3gk==",
};

const PROVIDERS = Object.keys(GOOD) as GoodProvider[];
const PLACES = { ...NAMED_PLACES, ...TEXT_PLACES };
const PLACE_NAMES = Object.keys(PLACES);
const SPELLING_NAMES = Object.keys(SPELLINGS) as Spelling[];

interface Played {
  readonly place: string;
  readonly spelling: string;
  readonly secret: MadeUpSecret;
  /** Whether the secret came behind the signature. */
  readonly isSigned: boolean;
  /** What the client was told. */
  readonly hint: string;
}

/** Header values are what HTTP can carry; the fake may get others too, but no client can send them. */
const forHeaders = (request: WireRequest): WireRequest => ({
  ...request,
  headers: request.headers.map(([name, value]) => [name, value.replace(/[^\x20-\x7e]/g, "x")]),
});

async function play(fake: FakeCore, index: number, random: () => number): Promise<Played> {
  const place = PLACE_NAMES[index % PLACE_NAMES.length] as string;
  const spelling = SPELLING_NAMES[Math.floor(index / PLACE_NAMES.length) % SPELLING_NAMES.length] as Spelling;
  const secret = place in NAMED_PLACES && random() < 0.5 ? makePassword(random) : makeToken(random);
  const { request, service } = GOOD[PROVIDERS[Math.floor(random() * PROVIDERS.length)] as GoodProvider];
  const plain = request(80);
  const base = { ...plain, headers: [...plain.headers.filter(([name]) => name !== "anthropic-version"), ...HARMLESS] };
  const put = (to: WireRequest): WireRequest =>
    forHeaders(PLACES[place]?.(to, secret, SPELLINGS[spelling](secret.value)) ?? to);
  const isSigned = random() < 0.5;
  // What is signed and changed on the way is diagnosed, with both canonical requests.
  const sent = isSigned ? await sign(put(base), service) : put(await sign(base, service));
  const changed = isSigned && random() < 0.5 ? { ...sent, method: "PUT" } : sent;
  const { headers } = await fake.handle({ ...changed, wire: "received" });
  const hint = headers.find(([name]) => name === "x-claude-on-aws-hint")?.[1] ?? "";
  fake.noteUnread({ ...changed })({
    outcome: "client-left",
    stage: "request",
    bytes: 0,
    endedAt: new Date(0),
  } as never);
  if (place === "host") fake.journal.refusedHosts.add(`${secret.value}.example:443`);
  return { place, spelling, secret, isSigned, hint };
}

test(`of ${SECRETS} secrets in every place that a client has, none is in any output, and what is harmless is`, async () => {
  const random = seededRandom(SEED);
  const leaks: unknown[] = [];
  const hidden: unknown[] = [];
  for (let from = 0; from < SECRETS; from += JOURNAL_LENGTH) {
    const fake = createFakeCore({
      maxJournalExchanges: JOURNAL_LENGTH,
      maxJournalBodyBytes: 1_400,
      maxJournalReplyBytes: 4_096,
      maxDiagnosesPerSecond: 10,
    });
    const played: Played[] = [];
    for (let index = from; index < from + JOURNAL_LENGTH; index++) played.push(await play(fake, index, random));
    const { exchanges, unread } = fake.journal.snapshot();
    const entries = exchanges.map((entry) => JSON.stringify(entry));
    const rows = fake.journal.evidence().map((row) => JSON.stringify(row));
    for (const [index, what] of played.entries()) {
      for (const text of [entries[index] ?? "", rows[index] ?? "", JSON.stringify(unread[index]), what.hint]) {
        const found = [
          ...leaksIn(text),
          ...Object.values(SPELLINGS).flatMap((spell) => (text.includes(spell(what.secret.value)) ? ["whole"] : [])),
        ];
        if (found.length > 0) leaks.push({ SEED, ...what, found });
      }
      const missing = HARMLESS.filter(([, value]) => !(entries[index] ?? "").includes(value));
      if (missing.length > 0) hidden.push({ ...what, missing });
    }
    for (const format of ["json", "text", "junit", "markdown", "html"] as const) {
      const found = leaksIn(formatFakeReport(fake, format));
      if (found.length > 0) leaks.push({ from, format, found });
    }
    const found = leaksIn(formatGithubAnnotations(fake.report()));
    if (found.length > 0) leaks.push({ from, format: "annotations", found });
  }
  expect(leaks.slice(0, 10)).toEqual([]);
  expect(hidden.slice(0, 10)).toEqual([]);
}, 600_000);

test("what a rule and a diagnosis show of a request that holds no secret is all there", async () => {
  const fake = createFakeCore({ maxJournalBodyBytes: 16_384 });
  const { request, service } = GOOD["anthropic-aws"];
  const plain = request(80);
  const body = new TextEncoder().encode(
    JSON.stringify({
      model: "claude-sonnet-4-6",
      max_tokens: 16,
      messages: [
        { role: "assistant", content: [THINKING, { type: "text", text: "Hello there, msg_01AbCdEf23GhIj." }] },
        { role: "user", content: "Go on in us-east-1 with us.anthropic.claude-sonnet-4-5-20250929-v1:0" },
      ],
    }),
  );
  const signed = await sign(
    { ...plain, body, headers: [...plain.headers, ["user-agent", "claude-cli/2.1.329 (external)"]] },
    service,
  );
  await fake.handle({ ...signed, wire: "received" });
  await fake.handle({ ...signed, target: "/v1/messages?beta=true", wire: "received" });
  const [whole, refused] = fake.journal.snapshot().exchanges;

  expect(whole?.request.headers).toEqual(signed.headers);
  expect(whole?.request.target).toBe(signed.target);
  expect(whole?.request.body).toBe(new TextDecoder().decode(body));
  const sha256 = createHash("sha256").update(body).digest("hex");
  const details = refused?.checks.find(({ check }) => check === "authentication")?.fault?.details;
  for (const text of [details?.canonicalRequest, details?.signedCanonicalRequest]) expect(text).toContain(sha256);
  expect(details?.stringToSign).toMatch(
    /^AWS4-HMAC-SHA256\n\d{8}T\d{6}Z\n\d{8}\/us-east-1\/aws-external-anthropic\/aws4_request\n[0-9a-f]{64}$/,
  );
  expect(refused?.diagnosis?.[0]?.received).toBe("beta=true");
  const { reply: _, ...shown } = refused ?? {};
  expect(JSON.stringify(shown)).not.toContain("‹");
});

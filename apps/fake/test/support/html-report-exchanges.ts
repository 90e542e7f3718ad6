import { diagnoseMismatch } from "@claude-on-aws/auth/diagnose";
import type { SignOptions, WireRequest } from "@claude-on-aws/auth/sigv4";
import { createFakeCore, EXAMPLE_CREDENTIALS, type FakeCore } from "../../src/server.ts";
import type { JournalEntry } from "../../src/judge/journal-entry.ts";
import { redactCanonicalRequest } from "../../src/redact/redact.ts";
import { configuredSecrets } from "../../src/redact/secrets.ts";
import type { Report } from "../../src/report/report.ts";
import { GOOD, type GoodProvider, sign, withBody, withHeader } from "./requests.ts";
import { SESSION_CREDENTIALS, WORKSPACE_ID, WORKSPACE_KEY } from "./start-fake.ts";

/** Port in the host header; nothing listens there. */
const PORT = 8787;

/** When the first exchange is received; each that follows is a little later. */
const START = Date.UTC(2026, 10, 21, 9, 30, 0, 120);

type Make = (request: WireRequest, service: string, options: Partial<SignOptions>) => Promise<WireRequest>;

/** What one of the clients does once. */
interface Act {
  readonly client: string;
  readonly provider: GoodProvider;
  readonly make: Make;
}

const decoded = (request: WireRequest): WireRequest => ({ ...request, target: decodeURIComponent(request.target) });

const GATEWAY = "acme-gateway/0.3.0";
const SCRIPT = "python-requests/2.34.2";
const CLAUDE_CODE = "claude-cli/2.1.329 (external, sdk-cli)";
const SDK = "AnthropicAws/JS 1.1.2";

const good = (client: string, provider: GoodProvider): Act => ({ client, provider, make: sign });

/** Four clients, of which two make mistakes that are made in practice. */
const ACTS: readonly Act[] = [
  good(CLAUDE_CODE, "anthropic-aws"),
  good(SDK, "anthropic-aws"),
  good(CLAUDE_CODE, "bedrock"),
  {
    client: GATEWAY,
    provider: "bedrock",
    // Encoded once, as for Amazon S3.
    make: async (request, service, options) => ({
      ...(await sign(decoded(request), service, options)),
      target: request.target,
    }),
  },
  good(CLAUDE_CODE, "bedrock"),
  good(SDK, "mantle"),
  {
    client: GATEWAY,
    provider: "anthropic-aws",
    make: async (request, service, options) => {
      const signed = await sign(withHeader(request, "host", "127.0.0.1"), service, options);
      return withHeader(signed, "host", `127.0.0.1:${PORT}`);
    },
  },
  good(CLAUDE_CODE, "anthropic-aws"),
  {
    client: GATEWAY,
    provider: "mantle",
    make: async (request, service, options) => withBody(await sign(request, service, options), { max_tokens: 17 }),
  },
  good(SDK, "anthropic-aws"),
  {
    client: SCRIPT,
    provider: "anthropic-aws",
    make: async (request) => withHeader(withHeader(request, "x-api-key", WORKSPACE_KEY), "anthropic-workspace-id"),
  },
  {
    client: SCRIPT,
    provider: "bedrock",
    make: async (request, service, options) =>
      sign(request, service, { ...options, credentials: SESSION_CREDENTIALS, region: "everywhere" }),
  },
  good(SDK, "anthropic-aws"),
  good(CLAUDE_CODE, "anthropic-aws"),
  good(GATEWAY, "mantle"),
];

/** What a page is made from. */
export interface ReportExchanges {
  readonly report: Report;
  readonly exchanges: readonly JournalEntry[];
  readonly generatedAt: Date;
}

/**
 * Sends requests to a fake, over and over through {@link ACTS}.
 *
 * @param count How many.
 * @param more Requests that are sent after them.
 */
export async function reportExchanges(
  count: number = ACTS.length,
  more: readonly WireRequest[] = [],
): Promise<ReportExchanges> {
  let at = START;
  let ids = 0;
  const core = createFakeCore({
    credentials: [EXAMPLE_CREDENTIALS, SESSION_CREDENTIALS],
    apiKeys: [WORKSPACE_KEY],
    workspaces: [WORKSPACE_ID],
    maxJournalExchanges: count + more.length,
    now: () => new Date(at),
    randomUuid: () => `00000000-0000-4000-8000-${(++ids).toString(16).padStart(12, "0")}`,
  });
  const sent: WireRequest[] = [];
  const send = async (request: WireRequest): Promise<void> => {
    sent.push(request);
    await core.handle({ ...request, wire: "received" });
    at += 1437;
  };
  for (let index = 0; index < count; index++) {
    const { client, provider, make } = ACTS[index % ACTS.length] as Act;
    const { request, service } = GOOD[provider];
    await send(await make(withHeader(request(PORT), "user-agent", client), service, { date: new Date(at) }));
  }
  for (const request of more) await send(request);
  const { exchanges } = core.journal.snapshot();
  const explained = await Promise.all(exchanges.map((entry, index) => explain(core, entry, sent[index])));
  return { report: core.report(), exchanges: explained, generatedAt: new Date(at) };
}

/** Adds what was signed to what was expected, where the journal does not have it. */
async function explain(core: FakeCore, entry: JournalEntry, request: WireRequest | undefined): Promise<JournalEntry> {
  const known = entry.checks.find(({ fault }) => fault?.details?.["canonicalRequest"] !== undefined);
  if (request === undefined || known?.fault?.details?.["signedCanonicalRequest"] !== undefined) return entry;
  if (known?.fault === undefined) return entry;
  const { signedCanonicalRequest: signed } = await diagnoseMismatch(request, {
    credentials: (id) => core.settings.credentials.find(({ accessKeyId }) => accessKeyId === id),
    now: new Date(entry.time),
  });
  if (signed === undefined) return entry;
  const signedCanonicalRequest = redactCanonicalRequest(signed, configuredSecrets(core.settings));
  const details = { ...known.fault.details, signedCanonicalRequest };
  const checks = entry.checks.map((check) =>
    check === known ? { ...check, fault: { ...known.fault!, details } } : check,
  );
  return { ...entry, checks };
}

/** The same exchanges again and again, each with an ID and a time of its own. */
export function repeatExchanges({ report, exchanges, generatedAt }: ReportExchanges, count: number): ReportExchanges {
  const repeated = Array.from({ length: count }, (_, index) => {
    const entry = exchanges[index % exchanges.length] as JournalEntry;
    return { ...entry, id: `${entry.id}-${index}`, time: new Date(START + index * 1437).toISOString() };
  });
  return { report: { ...report, exchanges: count }, exchanges: repeated, generatedAt };
}

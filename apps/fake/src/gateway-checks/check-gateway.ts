import { redactText } from "@claude-on-aws/endpoints";
import { FakeError } from "../input/fake-error.ts";
import { EXAMPLE_CREDENTIALS } from "../settings/example-credentials.ts";
import { type FakeTimers, RUNTIME_TIMERS } from "../settings/fake-timers.ts";
import type { Provider } from "../terms/provider.ts";
import { BASE32, randomText } from "../text/random-text.ts";
import { serve } from "../serve/serve.ts";
import { CheckContext, type CheckSettings, type Credential } from "./check-context.ts";
import { described } from "./checks/answered.ts";
import type { GatewayCheck, GatewayCheckResult, GatewayVerdict } from "./gateway-check.ts";
import { GATEWAY_CHECKS } from "./gateway-checks.ts";
import { Patience } from "./patience.ts";
import { Upstream } from "./upstream.ts";
import { DemandBroken, NotApplicable } from "./verdicts.ts";

/** Options for {@link checkGateway}. */
export interface CheckGatewayOptions {
  /**
   * What the gateway asks of its clients, as `Authorization: Bearer TOKEN` or in `x-api-key`.
   *
   * @default {nothing: what concerns tokens is not asked}
   */
  readonly token?: string | undefined;
  /**
   * Headers of every request, where the gateway asks for some.
   *
   * @default {[]}
   */
  readonly headers?: readonly (readonly [name: string, value: string])[] | undefined;
  /**
   * Where the gateway finds the service: the fake listens there for as long as the checks go on. 0 takes any port, of which
   * `onUpstream` is told.
   *
   * @default {4242}
   */
  readonly upstreamPort?: number | undefined;
  /**
   * The address that the fake listens on.
   *
   * @default {"127.0.0.1"}
   */
  readonly upstreamHost?: string | undefined;
  /** Told the fake's URL before the first request. */
  readonly onUpstream?: ((url: string) => void | Promise<void>) | undefined;
  /** Told each result as it comes. */
  readonly onResult?: ((result: GatewayCheckResult) => void) | undefined;
  /**
   * The checks that are asked, by their ids.
   *
   * @default {all of them}
   */
  readonly only?: readonly string[] | undefined;
  /**
   * The model, as clients of the Messages API name it: one that takes extended thinking with a budget.
   *
   * @default {"claude-haiku-4-5-20251001"}
   */
  readonly model?: string | undefined;
  /**
   * The model, as clients of Amazon Bedrock name it.
   *
   * @default {"us.anthropic.claude-haiku-4-5-20251001-v1:0"}
   */
  readonly bedrockModel?: string | undefined;
  /**
   * The workspace that clients of Claude Platform on AWS name.
   *
   * @default {"wrkspc_01AbCdEf23GhIj"}
   */
  readonly workspaceId?: string | undefined;
  /**
   * How long one thing is waited for, in milliseconds: as long as a slow machine takes to sign 20 MB.
   *
   * @default {30_000}
   */
  readonly patienceMs?: number | undefined;
  /**
   * How long a stream is silent where pings are waited for, in milliseconds. Claude Code gives a stream
   * up after 300 s.
   *
   * @default {60_000}
   */
  readonly silenceMs?: number | undefined;
  /**
   * How many streams are opened at once.
   *
   * @default {300}
   */
  readonly streamsAtOnce?: number | undefined;
  /**
   * The longest answer that is read, in bytes.
   *
   * @default {67_108_864}
   */
  readonly maxAnswerBytes?: number | undefined;
  /**
   * What is waited by.
   *
   * @default {the timers of the runtime}
   */
  readonly timers?: FakeTimers | undefined;
}

/** What a gateway made of all demands. */
export interface GatewayReport {
  /** The service that it asked. */
  readonly service: Provider;
  readonly checks: readonly GatewayCheckResult[];
  /** How many checks came out how. */
  readonly counts: Readonly<Record<GatewayVerdict, number>>;
}

/** A check takes several waits; no gateway holds it for longer than this many. */
const WAITS_OF_A_CHECK = 6;

/**
 * Asks a gateway everything that Claude Code's documents demand of one, and what its users complain about: a fake of the service
 * stands behind it, and what comes there is compared with what clients sent, and the other way round. The gateway is a process of
 * its own, or the caller's; it has to send to the fake's address, with the access key `EXAMPLE_CREDENTIALS` or any API key.
 *
 * @example A small gateway: it hands on what it is asked, with a key of its own
 * ```ts
 * import { checkGateway } from "@claude-on-aws/fake/gateway-checks";
 * import { equal } from "node:assert/strict";
 * import { once } from "node:events";
 * import { createServer, request } from "node:http";
 *
 * let service = "";
 * const gateway = createServer((incoming, outgoing) => {
 *   const target = new URL(incoming.url ?? "/", service);
 *   const own = { host: target.host, "x-api-key": "AEAAexample", "anthropic-workspace-id": "wrkspc_01AbCdEf23GhIj" };
 *   const headers = { ...incoming.headers, ...own };
 *   const asked = request(target, { method: incoming.method, headers }, (answer) => {
 *     outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
 *     answer.pipe(outgoing);
 *   });
 *   incoming.pipe(asked);
 * });
 * gateway.listen(0, "127.0.0.1");
 * await once(gateway, "listening");
 * const address = gateway.address();
 * const port = typeof address === "object" ? address?.port : undefined;
 *
 * const { checks } = await checkGateway(`http://127.0.0.1:${port}`, {
 *   upstreamPort: 0,
 *   onUpstream: (url) => void (service = url),
 *   only: ["retry-after-kept"],
 * });
 * equal(checks[0]?.verdict, "kept");
 * gateway.close();
 * gateway.closeAllConnections();
 * ```
 *
 * @param url The gateway's base URL, `http:` or `https:`; a path of it stands before those of the service.
 * @param options Token, model, the fake's port, patience.
 * @returns What came out, check by check.
 * @throws {FakeError} `GATEWAY_UNREACHED` where the gateway does not answer a plain request with what the fake says.
 * @throws The error of the operating system where the fake cannot listen, such as `EADDRINUSE`.
 */
export async function checkGateway(url: string, options: CheckGatewayOptions = {}): Promise<GatewayReport> {
  const { upstreamPort = 4242, upstreamHost, only, onUpstream, onResult = () => {} } = options;
  const upstream = new Upstream();
  const server = await serve(upstream.core, { port: upstreamPort, host: upstreamHost });
  try {
    await onUpstream?.(server.url);
    const asking = createAsking(new URL(url), upstream, options);
    const served = await findService(asking, server.url);
    const results: GatewayCheckResult[] = [];
    for (const check of GATEWAY_CHECKS) {
      if (only !== undefined && !only.includes(check.id)) continue;
      const result = await asking.ask(check, served);
      results.push(result);
      onResult(result);
    }
    return { service: served.provider, checks: results, counts: count(results) };
  } finally {
    upstream.reset();
    await server.close();
  }
}

/** What a gateway serves, as its first answer tells. */
interface Served {
  readonly provider: Provider;
  /** Whether it has the routes of the Messages API, and not only those of Bedrock. */
  readonly hasMessages: boolean;
  /** Where it takes a token from. */
  readonly credential: Credential;
}

interface Asking {
  readonly settings: CheckSettings;
  readonly ask: (check: GatewayCheck, served: Served) => Promise<GatewayCheckResult>;
  readonly context: (served: Served) => CheckContext;
}

function createAsking(url: URL, upstream: Upstream, options: CheckGatewayOptions): Asking {
  const { token, patienceMs = 30_000, silenceMs = 60_000, timers = RUNTIME_TIMERS } = options;
  const settings: CheckSettings = {
    url,
    token,
    credential: "authorization",
    headers: options.headers ?? [],
    model: options.model ?? "claude-haiku-4-5-20251001",
    bedrockModel: options.bedrockModel ?? "us.anthropic.claude-haiku-4-5-20251001-v1:0",
    workspaceId: options.workspaceId ?? "wrkspc_01AbCdEf23GhIj",
    silenceMs,
    streamsAtOnce: options.streamsAtOnce ?? 300,
    maxAnswerBytes: options.maxAnswerBytes ?? 67_108_864,
  };
  const patience = new Patience(patienceMs, timers);
  const context = ({ provider, credential }: Served): CheckContext => {
    upstream.reset();
    const marker = `check-${randomText(20, BASE32)}`;
    return new CheckContext({ ...settings, credential }, provider, upstream, { patience, marker });
  };
  const limitMs = patienceMs * WAITS_OF_A_CHECK + silenceMs;
  return {
    settings,
    context,
    ask: async (check, served) => {
      const { id, group, demand, source } = check;
      const asked = context(served);
      const outcome = await judge(check, served, asked, () => patience.within(check.ask(asked), "an end", limitMs));
      asked.close();
      return { id, group, demand, source, ...hideToken(outcome, token) };
    },
  };
}

type Outcome = Pick<GatewayCheckResult, "verdict" | "found" | "expected" | "reason">;

async function judge(
  { services, group }: GatewayCheck,
  { provider, hasMessages }: Served,
  { settings }: CheckContext,
  ask: () => Promise<void>,
): Promise<Outcome> {
  if (!services.includes(provider)) return { verdict: "not-applicable", reason: `not of a gateway to ${provider}` };
  if (!hasMessages && group !== "Bedrock form") {
    return { verdict: "not-applicable", reason: "the gateway does not serve the Messages API" };
  }
  try {
    await ask();
    return { verdict: "kept" };
  } catch (error) {
    if (error instanceof NotApplicable) return { verdict: "not-applicable", reason: error.message };
    if (error instanceof DemandBroken) return { verdict: "broken", found: error.found, expected: error.expected };
    // Whatever else goes wrong does so with what the gateway sent, or with the way to it.
    const { message } = error as Error;
    return { verdict: "broken", found: `${settings.url.host}: ${message}`, expected: "an answer that can be read" };
  }
}

/** What is shown of what somebody sent, in UTF-16 code units. */
const MAX_SHOWN = 400;

/** Gateways repeat what they are sent, and may say what they should not: no secret of it is shown. */
function hideToken(outcome: Outcome, token: string | undefined): Outcome {
  const hide = (text: string): string => {
    const without = token === undefined ? text : text.replaceAll(token, "[token]");
    const safe = redactText(without);
    return safe.length > MAX_SHOWN ? `${safe.slice(0, MAX_SHOWN - 1)}…` : safe;
  };
  return Object.fromEntries(
    Object.entries(outcome).map(([name, text]) => [name, name === "found" ? hide(text) : text]),
  ) as unknown as Outcome;
}

/** Ways to ask, the first that is answered is the one for all checks. */
const WAYS: readonly Omit<Served, "provider">[] = [
  { hasMessages: true, credential: "authorization" },
  { hasMessages: true, credential: "x-api-key" },
  { hasMessages: false, credential: "authorization" },
];

/** Finds out which service a gateway asks: by what arrives there. */
async function findService({ context, settings }: Asking, upstreamUrl: string): Promise<Served> {
  let found: string | undefined;
  for (const way of WAYS) {
    const asked = context({ ...way, provider: "anthropic-aws" });
    try {
      const answer = way.hasMessages ? await asked.ask() : await askBedrockForm(asked);
      found ??= described(answer);
      const provider = asked.upstream.messages[0]?.provider;
      if (provider !== undefined && answer.status === 200) return { ...way, provider };
    } catch (error) {
      found ??= (error as Error).message;
    } finally {
      asked.close();
    }
  }
  const { found: shown = "" } = hideToken({ verdict: "broken", found: found ?? "" }, settings.token);
  const { accessKeyId } = EXAMPLE_CREDENTIALS;
  const details = {
    path: "",
    found: shown,
    expected: `a message from ${upstreamUrl}`,
    fix: `have the gateway send to ${upstreamUrl}, with the access key ${accessKeyId}, and see that token and model are right`,
  };
  const { host } = settings.url;
  const message = `Cannot check the gateway at ${host}: found ${shown}, expected ${details.expected}; ${details.fix}`;
  throw new FakeError("GATEWAY_UNREACHED", details, message);
}

const askBedrockForm = (asked: CheckContext): ReturnType<CheckContext["send"]> =>
  asked.send({
    target: `/model/${encodeURIComponent(asked.settings.bedrockModel)}/invoke`,
    body: {
      anthropic_version: "bedrock-2023-05-31",
      max_tokens: 64,
      messages: [{ role: "user", content: asked.marker }],
    },
  });

function count(results: readonly GatewayCheckResult[]): GatewayReport["counts"] {
  const of = (verdict: GatewayVerdict): number => results.filter((result) => result.verdict === verdict).length;
  return { kept: of("kept"), broken: of("broken"), "not-applicable": of("not-applicable") };
}

import { FetchError } from "@claude-on-aws/fetch";
import type { Health } from "../upstreams/health.ts";
import type { Upstream } from "../upstreams/upstream.ts";
import { findHeader, type UpstreamAnswer } from "./send.ts";

/** What an answer means for whoever may ask another upstream. */
type AnswerClass = "answered" | "throttled" | "failing" | "denied" | "elsewhere";

/** Refusals of `fetch` itself, by what they are about; others are about the request, and stand. */
const OF_FETCH: Readonly<Record<string, AnswerClass>> = {
  CREDENTIALS_EXPIRED: "failing",
  CREDENTIALS_MISSING: "failing",
  CONFIG_INCOMPLETE: "failing",
  PROVIDER_UNSUPPORTED: "failing",
  REDIRECT_REFUSED: "failing",
  ROUTE_NOT_ON_BEDROCK: "elsewhere",
  COUNT_NOT_ON_BEDROCK: "elsewhere",
  CONTROL_PLANE_UNKNOWN: "elsewhere",
  PATH_UNKNOWN: "elsewhere",
};

/** Statuses that another upstream may not answer with; those of 500 and above are `failing` too. */
const BY_STATUS: Readonly<Record<number, AnswerClass>> = {
  401: "failing",
  403: "denied",
  404: "elsewhere",
  408: "failing",
  424: "failing",
  429: "throttled",
};

/** Which answer the client is given where none is a good one: the first of the highest rank. */
const RANKS: Readonly<Record<AnswerClass, number>> = { throttled: 3, answered: 2, failing: 2, denied: 2, elsewhere: 1 };

/** Says what an answer means for whoever may ask another upstream. */
function classify({ status, headers }: Pick<UpstreamAnswer, "status" | "headers">): AnswerClass {
  const code = findHeader(headers, "x-claude-on-aws-refusal");
  if (code !== null) return OF_FETCH[code] ?? (status === 401 ? "failing" : "answered");
  return BY_STATUS[status] ?? (status >= 500 ? "failing" : "answered");
}

/**
 * Says whether an answer is a refusal of `fetch` that is about the gateway, or about what it sends to: its words are the operator's,
 * since they may name hosts, files and accounts.
 *
 * @param answer The answer.
 * @returns Whether it is.
 */
export const isOfOperator = (answer: Pick<UpstreamAnswer, "status" | "headers">): boolean =>
  findHeader(answer.headers, "x-claude-on-aws-refusal") !== null && classify(answer) === "failing";

/** What {@link deliver} is told. */
export interface DeliverOptions {
  /** Those that may be asked, in the operator's order. */
  readonly upstreams: readonly Upstream[];
  readonly health: Health;
  /** Sends to one of them. */
  readonly sendTo: (upstream: Upstream) => Promise<UpstreamAnswer>;
  /** Whether the request can be sent a second time. */
  readonly canRepeat: boolean;
  readonly signal: AbortSignal;
  /** Told of each that is asked. */
  readonly onAsk: (upstream: Upstream) => void;
}

/** What came back, and from where. */
export interface Delivery {
  readonly upstream: Upstream;
  readonly answer: UpstreamAnswer;
}

/**
 * Sends a request to one upstream after the other until one answers. Nothing is sent twice whose answer began to go to the client.
 *
 * Only an answer that is no error takes the place of the first one: what a second service has against a request is no news to
 * somebody whom the first one throttled. A throttle goes before all other errors.
 *
 * @param options Where to, and how.
 * @returns The answer.
 * @throws What the first one threw, where none answered; the reason of the signal.
 */
export async function deliver(options: DeliverOptions): Promise<Delivery> {
  const { upstreams, health, sendTo, canRepeat, signal, onAsk } = options;
  let kept: (Delivery & { readonly rank: number }) | undefined;
  let failure: { readonly error: unknown } | undefined;
  for (const upstream of health.order(upstreams)) {
    onAsk(upstream);
    let answer: UpstreamAnswer;
    try {
      answer = await sendTo(upstream);
    } catch (error) {
      if (signal.aborted) {
        kept?.answer.body?.cancel();
        throw error;
      }
      health.failed(upstream.name);
      failure ??= { error };
      if (!canRepeat) break;
      continue;
    }
    const kind = classify(answer);
    if (kind === "failing") health.failed(upstream.name);
    else health.answered(upstream.name);
    const isGood = answer.status < 400;
    const rank = isGood ? Infinity : RANKS[kind];
    if (kept === undefined || rank > kept.rank) {
      kept?.answer.body?.cancel();
      kept = { upstream, answer, rank };
    } else answer.body?.cancel();
    if (isGood || kind === "answered" || !canRepeat) break;
  }
  if (kept !== undefined) return kept;
  throw failure?.error ?? new FetchError("CONNECTION_FAILED", "Cannot send the request: there is no upstream for it");
}

/** Codes of what failed before anything of a request went out. */
const UNSENT: ReadonlySet<string> = /* @__PURE__ */ new Set(["CONNECT_TIMEOUT", "PROXY_REFUSED"]);

/** What the runtimes call a connection that never stood. */
const UNCONNECTED = /ECONNREFUSED|ConnectionRefused|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UnableToConnect/;

/**
 * Says whether a service may have worked on a request that nobody got an answer to.
 *
 * @param error What was thrown.
 * @returns Whether it may have.
 */
export function mayHaveArrived(error: unknown): boolean {
  if (!(error instanceof FetchError)) return true;
  if (UNSENT.has(error.code)) return false;
  const cause = error.cause as { readonly code?: unknown; readonly cause?: { readonly code?: unknown } } | undefined;
  return !UNCONNECTED.test(`${String(cause?.code)} ${String(cause?.cause?.code)} ${error.message}`);
}

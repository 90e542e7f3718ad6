import type { Mistake } from "@claude-on-aws/auth/diagnose";
import type { Caller, CheckResult, Exchange, WireReply } from "../exchange.ts";
import type { Finding } from "../rules/rule.ts";
import type { FakeSettings } from "../options.ts";
import { redactCanonicalRequest, redactHeaders, redactTarget } from "./redact.ts";

/** An exchange as the journal keeps it, without secrets. */
export interface JournalEntry {
  readonly id: string;
  /** When the request was received, ISO 8601. */
  readonly time: string;
  readonly provider: string;
  /** Name of the operation; absent for a route that does not exist. */
  readonly operation?: string;
  /** Whether the request is as it was on the wire, or made from a WHATWG `Request`. */
  readonly wire: "received" | "reconstructed";
  readonly request: {
    readonly method: string;
    readonly target: string;
    readonly httpVersion: string;
    readonly headers: readonly (readonly [name: string, value: string])[];
    readonly bodyBytes: number;
    /** The body's beginning as text, as far as the journal keeps it. */
    readonly body: string;
  };
  /** Who was verified as the caller; absent where nobody was. */
  readonly caller?: Caller;
  /** What was asked on the way, and the faults. */
  readonly checks: readonly CheckResult[];
  /** Why the signature is wrong, where it is and the cause was found. */
  readonly diagnosis?: readonly Mistake[];
  /** What the rules say. */
  readonly findings: readonly Finding[];
  readonly reply: { readonly status: number; readonly headers: readonly (readonly [name: string, value: string])[] };
}

/** What the journal says of itself, and its exchanges, oldest first. */
export interface JournalSnapshot {
  readonly exchanges: readonly JournalEntry[];
  /** Exchanges seen since the start or the last reset. */
  readonly total: number;
  /** Exchanges that were dropped because the journal is bounded. */
  readonly dropped: number;
  readonly maxExchanges: number;
}

interface Kept {
  /** Without the parsed body, and with no more of the body than is kept. */
  readonly exchange: Omit<Exchange, "input">;
  /** Length of the whole body. */
  readonly bodyBytes: number;
  readonly reply: Pick<WireReply, "status" | "headers">;
}

/** The last exchanges, in memory. They are written out when somebody asks, not on the way of the request. */
export class Journal {
  readonly #settings: FakeSettings;
  #kept: (Kept | undefined)[] = [];
  #total = 0;

  constructor(settings: FakeSettings) {
    this.#settings = settings;
  }

  /** How many exchanges were seen since the start or the last reset. */
  get total(): number {
    return this.#total;
  }

  /** Keeps an exchange, and lets the oldest go where there are too many. */
  record(exchange: Exchange, { status, headers }: WireReply): void {
    const { maxJournalExchanges, maxJournalBodyBytes } = this.#settings;
    const seen = this.#total++;
    if (maxJournalExchanges <= 0) return;
    const { request } = exchange;
    // A copy: a slice that shares memory would keep the whole body alive.
    const body = request.body.length > maxJournalBodyBytes ? request.body.slice(0, maxJournalBodyBytes) : request.body;
    const { input: _parsed, ...rest } = exchange;
    this.#kept[seen % maxJournalExchanges] = {
      exchange: { ...rest, request: { ...request, body } },
      bodyBytes: request.body.length,
      reply: { status, headers },
    };
  }

  /** Forgets everything. */
  reset(): void {
    this.#kept = [];
    this.#total = 0;
  }

  /** Everything that is kept, oldest first, without secrets. */
  snapshot(): JournalSnapshot {
    const { maxJournalExchanges: size } = this.#settings;
    const turn = this.#total > size && size > 0 ? this.#total % size : 0;
    const ordered = [...this.#kept.slice(turn), ...this.#kept.slice(0, turn)];
    const exchanges = ordered.flatMap((kept) => (kept ? [entry(kept)] : []));
    return { exchanges, total: this.#total, dropped: this.#total - exchanges.length, maxExchanges: size };
  }
}

function entry({ exchange, bodyBytes, reply }: Kept): JournalEntry {
  const { id, receivedAt, request, route, caller, checked, diagnosis } = exchange;
  return {
    id,
    time: receivedAt.toISOString(),
    provider: route.provider,
    ...(route.operation === undefined ? {} : { operation: route.operation.name }),
    wire: request.wire,
    request: {
      method: request.method,
      target: redactTarget(request.target),
      httpVersion: request.httpVersion,
      headers: redactHeaders(request.headers),
      bodyBytes,
      body: new TextDecoder().decode(request.body),
    },
    ...(caller === undefined ? {} : { caller }),
    checks: checked.map(redactCheck),
    ...(diagnosis === undefined ? {} : { diagnosis }),
    findings: [],
    reply,
  };
}

/** AWS prints the canonical request in its message; the journal keeps it once, without secrets, under `details`. */
function redactCheck({ check, fault }: CheckResult): CheckResult {
  const { message = "", details } = fault ?? {};
  if (fault === undefined || details?.["canonicalRequest"] === undefined) return { check, ...(fault && { fault }) };
  const canonicalRequest = redactCanonicalRequest(details["canonicalRequest"]);
  return {
    check,
    fault: { ...fault, message: message.split("\n\n", 1)[0] ?? "", details: { ...details, canonicalRequest } },
  };
}

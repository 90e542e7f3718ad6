import type { Mistake } from "@claude-on-aws/auth/diagnose";
import type { AskedPermissions } from "../evidence/asked-permissions.ts";
import type { Evidence } from "../evidence/evidence.ts";
import type { JournalEnd } from "../evidence/exchange-end.ts";
import type { JournalCheck } from "../evidence/redact-check.ts";
import type { Caller, Exchange } from "../exchange/exchange.ts";
import type { KeptFault } from "../record/kept-exchange.ts";
import type { JudgedExchange } from "../rules/judged-exchange.ts";
import type { Finding } from "../rules/rule.ts";

/** An exchange as the journal shows it, without secrets. */
export interface JournalEntry {
  readonly id: string;
  /** When the request was received, ISO 8601. */
  readonly time: string;
  /** Name and version of the client, from its user agent. */
  readonly client: string;
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
  /** What had to be allowed; absent where permissions were never asked: nobody sent it, or it was refused before. */
  readonly permissions?: AskedPermissions;
  /** The model that was asked for; absent where none was found. */
  readonly model?: Exchange["model"];
  /** What was asked of the request, and the faults. */
  readonly checks: readonly JournalCheck[];
  /** Why the signature is wrong, where it is and the cause was found. */
  readonly diagnosis?: readonly Mistake[];
  /** ID of the exchange of which this one is a retry. */
  readonly retryOf?: string;
  /** What the rules say: every rule that had something to look at. */
  readonly findings: readonly Finding[];
  /** Who answered it in place of the operation's own behaviour. */
  readonly answeredBy?: Exclude<Exchange["answeredBy"], undefined>;
  /** The fault that a scenario asked for. */
  readonly fault?: KeptFault;
  /** The row of the scenario that answered it: its name, or its place. */
  readonly row?: string;
  readonly reply: {
    readonly status: number;
    readonly headers: readonly (readonly [name: string, value: string])[];
    /** The beginning of its body as text; absent unless bodies of replies are kept. */
    readonly body?: string;
  };
  /** How it ended; absent until it has, and where whoever sent the reply did not say. */
  readonly end?: JournalEnd;
}

/**
 * Writes an exchange out, with what the rules say of it.
 *
 * @returns The exchange, as it may leave the process.
 */
export function journalEntry(
  evidence: Evidence,
  { retryOf }: JudgedExchange,
  findings: readonly Finding[],
): JournalEntry {
  const { operation, caller, permissions, model, diagnosis, answeredBy, row, fault, request, body } = evidence;
  return {
    id: evidence.id,
    time: evidence.time,
    client: evidence.client,
    provider: evidence.provider,
    ...(operation === undefined ? {} : { operation }),
    wire: evidence.wire,
    request: {
      method: request.method,
      target: request.target,
      httpVersion: request.httpVersion,
      headers: request.headers,
      bodyBytes: body.bytes,
      body: body.text,
    },
    ...(caller === undefined ? {} : { caller }),
    ...(permissions === undefined ? {} : { permissions }),
    ...(model === undefined ? {} : { model }),
    checks: evidence.checks,
    ...(diagnosis === undefined ? {} : { diagnosis }),
    ...(retryOf === undefined ? {} : { retryOf: retryOf.evidence.id }),
    findings,
    ...(answeredBy === undefined ? {} : { answeredBy }),
    ...(fault === undefined ? {} : { fault }),
    ...(row === undefined ? {} : { row }),
    reply: evidence.reply,
    ...(evidence.end === undefined ? {} : { end: evidence.end }),
  };
}

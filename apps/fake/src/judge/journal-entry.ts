import type { ExchangeEnd } from "@claude-on-aws/listen";
import type { Mistake } from "@claude-on-aws/auth/diagnose";
import { type AskedPermissions, askedPermissions } from "./asked-permissions.ts";
import type { Caller, CheckResult, Exchange } from "../exchange/exchange.ts";
import type { FaultDetails } from "../terms/fault-details.ts";
import type { Fault } from "../terms/faults.ts";
import type { FakeSettings } from "../settings/fake-settings.ts";
import type { JudgedExchange } from "../rules/judged-exchange.ts";
import type { Finding } from "../rules/rule.ts";
import { redactCanonicalRequest, redactHeaders, redactTarget } from "../redact/redact.ts";
import { redactCutText, redactSecrets, type Secrets } from "../redact/secrets.ts";
import type { KeptReplyBody } from "../record/keep-reply-body.ts";
import { isWhole } from "../record/kept-exchange.ts";

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
  readonly reply: {
    readonly status: number;
    readonly headers: readonly (readonly [name: string, value: string])[];
    /** The beginning of its body as text; absent unless bodies of replies are kept. */
    readonly body?: string;
  };
  /** How it ended; absent until it has, and where whoever sent the reply did not say. */
  readonly end?: JournalEnd;
}

/** How an exchange ended: whole, left by the client, cut by the server, or timed out; at which stage, and when. */
export interface JournalEnd extends Omit<ExchangeEnd, "error"> {
  /** What cut it, where that is known. */
  readonly error?: string;
}

/** What was asked of a request, and what is wrong; without a fault where it passed. */
export interface JournalCheck {
  /** Name of the check, such as `authentication`; `internal` and `override` for what threw. */
  readonly check: CheckResult["check"];
  readonly fault?: Omit<Fault, "kind">;
}

/**
 * Writes an exchange out, without secrets.
 *
 * @returns The exchange, as it may leave the process.
 */
export function journalEntry(
  judged: JudgedExchange,
  findings: readonly Finding[],
  settings: FakeSettings,
): JournalEntry {
  const { kept, secrets, retryOf } = judged;
  const { request, route, caller, model, diagnosis, answeredBy } = kept;
  const permissions = askedPermissions(kept, settings, secrets);
  return {
    id: kept.id,
    time: kept.receivedAt.toISOString(),
    client: judged.client,
    provider: route.provider,
    ...(route.operation === undefined ? {} : { operation: route.operation.name }),
    wire: request.wire,
    request: {
      method: redactSecrets(request.method, secrets),
      target: redactTarget(request.target, secrets),
      httpVersion: request.httpVersion,
      headers: redactHeaders(request.headers, secrets),
      bodyBytes: kept.bodyBytes,
      body: isWhole(kept) ? redactSecrets(judged.text, secrets) : redactCutText(judged.text, secrets),
    },
    ...(caller === undefined ? {} : { caller: redactAll(caller, secrets) }),
    ...(permissions === undefined ? {} : { permissions }),
    ...(model === undefined ? {} : { model: redactAll(model, secrets) }),
    checks: kept.checked.map((result) => redactCheck(result, secrets)),
    ...(diagnosis === undefined ? {} : { diagnosis: diagnosis.map((mistake) => redactAll(mistake, secrets)) }),
    ...(retryOf === undefined ? {} : { retryOf: retryOf.kept.id }),
    findings,
    ...(answeredBy === undefined ? {} : { answeredBy }),
    reply: {
      status: kept.reply.status,
      headers: kept.reply.headers.map(([name, value]) => [name, redactSecrets(value, secrets)]),
      ...(kept.reply.body === undefined ? {} : { body: replyText(kept.reply.body, secrets) }),
    },
    ...(kept.end === undefined ? {} : { end: journalEnd(kept.end, secrets) }),
  };
}

/**
 * Writes an end out, without secrets.
 *
 * @returns The end, as it may leave the process.
 */
export function journalEnd({ error, ...end }: ExchangeEnd, secrets: Secrets): JournalEnd {
  if (error === undefined) return end;
  return { ...end, error: redactSecrets(error instanceof Error ? error.message : String(error), secrets) };
}

/** A body of binary frames shows what of it is text. */
function replyText({ pieces, bytes }: KeptReplyBody, secrets: Secrets): string {
  const decoder = new TextDecoder();
  const text = pieces.map((piece) => decoder.decode(piece, { stream: true })).join("") + decoder.decode();
  const keptBytes = pieces.reduce((sum, { length }) => sum + length, 0);
  return keptBytes === bytes ? redactSecrets(text, secrets) : redactCutText(text, secrets);
}

/** Takes secrets out of every text of a flat object. */
function redactAll<Value extends object>(value: Value, secrets: Secrets): Value {
  const fields = Object.entries(value).map(([name, field]) => [
    name,
    typeof field === "string" ? redactSecrets(field, secrets) : field,
  ]);
  return Object.fromEntries(fields) as Value;
}

/** Details of a fault that are canonical requests. */
const CANONICAL_REQUESTS: ReadonlySet<string> = new Set(["canonicalRequest", "signedCanonicalRequest"]);

/** AWS prints the canonical request in its message; the journal keeps it once, without secrets, under `details`. */
function redactCheck({ check, fault }: CheckResult, secrets: Secrets): JournalCheck {
  if (fault === undefined) return { check };
  const { kind: _, ...shown } = fault;
  const { message, details } = shown;
  const [sentence = ""] = details?.canonicalRequest === undefined ? [message] : message.split("\n\n", 1);
  const redacted = Object.entries(details ?? {}).map(([name, value]) => [
    name,
    CANONICAL_REQUESTS.has(name) ? redactCanonicalRequest(value, secrets) : redactSecrets(value, secrets),
  ]);
  return {
    check,
    fault: {
      ...shown,
      message: redactSecrets(sentence, secrets),
      ...(details === undefined ? {} : { details: Object.fromEntries(redacted) as FaultDetails }),
    },
  };
}

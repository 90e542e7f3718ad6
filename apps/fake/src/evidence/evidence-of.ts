import { headerValue } from "@claude-on-aws/auth/sigv4";
import { FIELD_VALUE } from "../input/find-header-problem.ts";
import type { Caller, RequestedModel } from "../exchange/exchange.ts";
import { isWhole, type KeptExchange } from "../record/kept-exchange.ts";
import { presumedSecrets, redactHeaders, redactTarget, redactText } from "../redact/redact.ts";
import { redactMistake } from "../redact/redact-mistake.ts";
import { configuredSecrets, type Secrets, secretsOf, withPresumed } from "../redact/secrets.ts";
import type { FakeSettings } from "../settings/fake-settings.ts";
import { parseObjectText } from "../text/parse-object.ts";
import { answerEvidence } from "./answer-evidence.ts";
import { askedPermissions } from "./asked-permissions.ts";
import { authenticationEvidence, claimedCaller } from "./authentication-evidence.ts";
import { bodyEvidence } from "./body-evidence.ts";
import { clientName } from "./client-name.ts";
import { conversationEvidence, conversationFingerprints } from "./conversation-evidence.ts";
import { journalEnd, replyText } from "./exchange-end.ts";
import type { Evidence } from "./evidence.ts";
import { fingerprint, fingerprintKeyOfProcess } from "./fingerprint.ts";
import { redactCheck } from "./redact-check.ts";
import { RULES_VERSION } from "./rules-version.ts";
import { secretEvidence } from "./secret-evidence.ts";
import { targetMarks } from "./target-marks.ts";

/** What evidence depends on besides the exchange. */
export interface EvidenceContext {
  readonly settings: FakeSettings;
  /** Secrets that the fake was configured with: they are taken out wherever they stand. */
  readonly secrets: Secrets;
  /** Key of the fingerprints; rows of two processes can be compared only where both have the same. */
  readonly fingerprintKey: Uint8Array;
}

/**
 * Gathers what evidence of the exchanges of one fake depends on.
 *
 * @param settings Every default in place.
 * @param fingerprintKey Key of the fingerprints; one that ends with the process by default.
 * @returns It is the same for all exchanges of the fake.
 */
export const evidenceContext = (
  settings: FakeSettings,
  fingerprintKey: Uint8Array = fingerprintKeyOfProcess(),
): EvidenceContext => ({ settings, secrets: configuredSecrets(settings), fingerprintKey });

/**
 * Takes from an exchange what the rules ask of it, and leaves its secrets out.
 * This takes work: it is done when somebody asks, not on the way of a request.
 *
 * @returns Plain JSON.
 */
export function evidenceOf(kept: KeptExchange, context: EvidenceContext): Evidence {
  const { request, route, caller, model, diagnosis, answeredBy, row, fault, reply } = kept;
  const secrets = secretsOf(kept, context.secrets);
  // For what the fake says of a request: what rules read of it stays as it was sent.
  const presumed = withPresumed(secrets, presumedSecrets(request));
  const userAgent = headerValue(request.headers, "user-agent");
  const client = clientName(userAgent && redactText(userAgent, secrets));
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(kept.body);
  const input = isWhole(kept) ? parseObjectText(withoutMark(text)) : undefined;
  const write = conversationFingerprints(context.fingerprintKey);
  const conversation = conversationEvidence(kept, input, write);
  const answer = answerEvidence(kept, write);
  const permissions = askedPermissions(kept, context.settings, presumed);
  return {
    rulesVersion: RULES_VERSION,
    seen: kept.seen,
    id: kept.id,
    time: kept.receivedAt.toISOString(),
    client,
    provider: route.provider,
    ...(route.operation === undefined ? {} : { operation: route.operation.name }),
    wire: request.wire,
    request: requestEvidence(request, secrets),
    body: bodyEvidence(kept, text, input, secrets),
    ...(conversation === undefined ? {} : { conversation }),
    authentication: authenticationEvidence(request, secrets),
    secrets: secretEvidence(kept, text, secrets),
    fingerprints: fingerprints(request, client, context.fingerprintKey),
    ...(caller === undefined ? {} : { caller: redactCaller(caller, presumed) }),
    ...(permissions === undefined ? {} : { permissions }),
    ...(model === undefined ? {} : { model: redactModel(model, presumed) }),
    checks: kept.checked.map((result) => redactCheck(result, presumed)),
    ...(diagnosis === undefined ? {} : { diagnosis: diagnosis.map((mistake) => redactMistake(mistake, presumed)) }),
    ...(answeredBy === undefined ? {} : { answeredBy }),
    ...(fault === undefined ? {} : { fault: { ...fault, kind: redactText(fault.kind, presumed) } }),
    ...(row === undefined ? {} : { row: redactText(row, presumed) }),
    reply: {
      status: reply.status,
      headers: redactHeaders(reply.headers, presumed),
      ...(reply.body === undefined ? {} : { body: replyText(reply.body, canonicalRequests(kept), presumed) }),
    },
    ...(answer === undefined ? {} : { answer }),
    ...(kept.end === undefined ? {} : { end: journalEnd(kept.end, presumed) }),
  };
}

const withoutMark = (text: string): string => (text.startsWith("\uFEFF") ? text.slice(1) : text);

const TOKEN = /^:?[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

function requestEvidence(request: KeptExchange["request"], secrets: Secrets): Evidence["request"] {
  const { method, target, headers, httpVersion, bodyTooLarge } = request;
  const malformed = headers.filter(([name, value]) => !TOKEN.test(name) || !FIELD_VALUE.test(value));
  return {
    method: redactText(method, secrets),
    target: redactTarget(target, secrets),
    marks: targetMarks(target),
    httpVersion,
    headers: redactHeaders(headers, secrets),
    headerBytes: headers.reduce((sum, [name, value]) => sum + name.length + value.length + 4, 0),
    malformedHeaders: malformed.map(([name]) => redactText(name, secrets)),
    ...(bodyTooLarge === true ? { bodyTooLarge } : {}),
  };
}

function fingerprints(
  { method, target, headers }: KeptExchange["request"],
  client: string,
  key: Uint8Array,
): Evidence["fingerprints"] {
  const session = headerValue(headers, "x-claude-code-session-id") ?? "";
  return {
    caller: fingerprint(key, claimedCaller(headers)),
    call: fingerprint(key, [client, session, method, target]),
    client: fingerprint(key, ["client", client, session]),
  };
}

const canonicalRequests = ({ checked }: KeptExchange): readonly string[] =>
  checked.flatMap(({ fault }) => fault?.details?.canonicalRequest ?? []);

/** What was verified is known; the name of a session is what its client chose. */
const redactCaller = (caller: Caller, secrets: Secrets): Caller =>
  caller.principal === undefined ? caller : { ...caller, principal: redactText(caller.principal, secrets) };

const redactModel = ({ requested, model }: RequestedModel, secrets: Secrets): RequestedModel => ({
  requested: redactText(requested, secrets),
  model: redactText(model, secrets),
});

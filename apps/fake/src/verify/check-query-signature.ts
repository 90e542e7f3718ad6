import { type PresignedVerification, verifyPresignedRequest } from "@claude-on-aws/auth/sigv4";
import type { Verdict } from "../exchange/check.ts";
import type { Exchange } from "../exchange/exchange.ts";
import type { FakeState } from "../exchange/fake-state.ts";
import type { FakeSettings } from "../settings/fake-settings.ts";
import { type Fault, fault } from "../terms/faults.ts";
import { signatureFault } from "../terms/signature-faults.ts";
import { demandsOf, type SignatureDemands } from "./check-signature.ts";

type Refused = Extract<PresignedVerification, { readonly ok: false }>;

/** Where the service takes signatures in the Authorization header alone. */
const NOT_TAKEN = "The signature is in the query: it is expected in the Authorization header.";

/**
 * Checks whether a signature in the query is right: it is computed again from what was received.
 *
 * @returns Why it is not, or why none is taken there.
 */
export const checkQuerySignature = (exchange: Exchange, settings: FakeSettings, state: FakeState): Promise<Verdict> =>
  verifyQuerySignature(exchange, demandsOf(exchange, settings), settings, state);

/**
 * Verifies a signature in the query; notes the caller, or why it is wrong.
 *
 * @returns Why it is wrong; `undefined` where it is right.
 */
export async function verifyQuerySignature(
  exchange: Exchange,
  demands: SignatureDemands,
  settings: FakeSettings,
  state: FakeState,
): Promise<Verdict> {
  const { facts, region } = settings;
  const { request, receivedAt } = exchange;
  const maxClockSkewMs = facts.maxClockSkewMinutes * 60_000;
  const verdict = await verifyPresignedRequest(request, {
    service: demands.service,
    region: demands.region,
    allowUnsignedPayload: demands.allowUnsignedPayload,
    credentials: (accessKeyId, sessionToken) => state.credentials.find(accessKeyId, sessionToken),
    now: receivedAt,
    maxClockSkewMs,
    bodySha256: request.bodySha256,
    bodyMissing: request.bodyMissing,
    // One that says nothing holds as long as one in a header does.
    ...(facts.expiresInQueryRequired ? {} : { defaultExpiresSeconds: maxClockSkewMs / 1000 }),
  });
  if (!verdict.ok) return refuse(verdict, exchange);
  const { scope, credentials } = verdict;
  if (region !== undefined && region !== scope.region) {
    const message = `Credential should be scoped to a valid Region, not '${scope.region}'.`;
    return refuse({ ok: false, code: "WRONG_REGION", message }, exchange);
  }
  if (facts.signatureInQuery === "refuse") return refuse(undefined, exchange);
  exchange.caller = {
    kind: "sigv4",
    accessKeyId: credentials.accessKeyId,
    region: scope.region,
    service: scope.service,
  };
  return undefined;
}

/** @param refused What is wrong with the signature; left out where it is right, and none is taken in a query. */
async function refuse(refused: Refused | undefined, exchange: Exchange): Promise<Fault> {
  if (exchange.request.mayDiagnose?.(exchange.receivedAt, 0) !== false) {
    // Loaded by the first wrong signature: a fake starts without it.
    const { DIAGNOSIS_TABLE, diagnosePresigned } = await import("@claude-on-aws/auth/diagnose");
    const { message, fix } = DIAGNOSIS_TABLE.SIGNATURE_IN_QUERY;
    exchange.diagnosis =
      refused === undefined ? [{ code: "SIGNATURE_IN_QUERY", message, fix }] : diagnosePresigned(refused);
  }
  if (refused === undefined)
    return fault("authorization-malformed", NOT_TAKEN, { details: { code: "AUTHORIZATION_MALFORMED" } });
  // A parameter in small letters is no signature to the service, and a mistake to whoever wrote it.
  const code = refused.code === "AUTHORIZATION_MISSING" ? "AUTHORIZATION_MALFORMED" : refused.code;
  const message = code === refused.code ? refused.message : "X-Amz-Signature must be written in this case.";
  return fault(signatureFault(code), message, { details: { code } });
}

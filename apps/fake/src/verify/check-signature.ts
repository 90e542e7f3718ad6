import {
  headerValue,
  type Refused,
  type Verification,
  type Verified,
  type VerifyOptions,
  verifyRequest,
} from "@claude-on-aws/auth/sigv4";
import { createHash } from "node:crypto";
import { asSent } from "../exchange/as-sent.ts";
import type { Verdict } from "../exchange/check.ts";
import type { Caller, Exchange } from "../exchange/exchange.ts";
import type { FakeState } from "../exchange/fake-state.ts";
import type { FaultDetails } from "../terms/fault-details.ts";
import { fault } from "../terms/faults.ts";
import type { FakeSettings } from "../settings/fake-settings.ts";
import type { ReceivedRequest } from "../terms/wire.ts";
import { PROVIDERS } from "../terms/provider.ts";
import { signatureFault } from "../terms/signature-faults.ts";

/**
 * Checks whether the signature is right: it is computed again from what was received.
 *
 * @returns Why it is not.
 */
export function checkSignature(exchange: Exchange, settings: FakeSettings, state: FakeState): Promise<Verdict> {
  return verifySignature(exchange, demandsOf(exchange, settings), settings, state);
}

/** What a signature must be for. */
export interface SignatureDemands {
  /** Signing name; of several, any will do. */
  readonly service: string | readonly string[];
  readonly losesHeader?: VerifyOptions["losesHeader"];
  readonly region?: string | undefined;
  /** Whether the body may be left out of the signature. */
  readonly allowUnsignedPayload: boolean;
}

/**
 * Says what the service demands that a request is for.
 *
 * @returns What {@link verifySignature} takes.
 */
export function demandsOf({ request, route }: Exchange, settings: FakeSettings): SignatureDemands {
  return {
    service: PROVIDERS[route.provider].acceptedServices,
    losesHeader: PROVIDERS[route.provider].losesHeader,
    region: route.hostRegion ?? settings.region,
    // An upload may leave its body out: its boundary is made after signing.
    allowUnsignedPayload:
      settings.facts.unsignedPayload === "any" ||
      (route.operation?.built?.takes === "form" && isForm(headerValue(request.headers, "content-type"))),
  };
}

/**
 * Verifies a signature; notes the caller, or why it is wrong.
 *
 * @returns Why it is wrong; `undefined` where it is right.
 */
export async function verifySignature(
  exchange: Exchange,
  demands: SignatureDemands,
  settings: FakeSettings,
  state: FakeState,
): Promise<Verdict> {
  const request = asSent(exchange.request);
  const sessionToken = headerValue(request.headers, "x-amz-security-token");
  const options: VerifyOptions = {
    service: demands.service,
    losesHeader: demands.losesHeader,
    region: demands.region,
    allowUnsignedPayload: demands.allowUnsignedPayload,
    credentials: (accessKeyId) => state.credentials.find(accessKeyId, sessionToken),
    now: exchange.receivedAt,
    maxClockSkewMs: settings.facts.maxClockSkewMinutes * 60_000,
    bodySha256: request.bodySha256,
    bodyMissing: request.bodyMissing,
  };
  const byClock = await verifyRequest(request, options);
  const verification =
    byClock.ok || byClock.code !== "CLOCK_SKEW"
      ? byClock
      : ((await verifyByToldClocks(request, options, exchange.receivedAt, state)) ?? byClock);
  const refused = verification.ok ? elsewhere(verification, settings) : verification;
  if (refused !== undefined) return refusal(refused, exchange, settings, options);
  exchange.caller = callerOf(verification as Verified);
  return undefined;
}

/** Verifies by the clocks that clients were told of: who signs by one of them corrected itself. */
async function verifyByToldClocks(
  request: ReceivedRequest,
  options: VerifyOptions,
  now: Date,
  { toldSkewsMs }: FakeState,
): Promise<Verification | undefined> {
  for (const skewMs of toldSkewsMs) {
    const told = await verifyRequest(request, { ...options, now: new Date(now.getTime() + skewMs) });
    if (told.ok) return told;
  }
  return undefined;
}

const isForm = (type: string | undefined): boolean => type?.toLowerCase().startsWith("multipart/form-data") === true;

/** A fake that stands in one region refuses what is rightly signed for the host of another. */
function elsewhere({ authorization }: Verified, { region }: FakeSettings): Refused | undefined {
  const found = authorization.scope.region;
  if (region === undefined || region === found) return undefined;
  const message = `Credential should be scoped to a valid Region, not '${found}'.`;
  return { ok: false, code: "WRONG_REGION", message, authorization };
}

function callerOf({ authorization }: Verified): Caller {
  const { accessKeyId, scope } = authorization;
  return { kind: "sigv4", accessKeyId, region: scope.region, service: scope.service };
}

async function refusal(
  refused: Refused,
  exchange: Exchange,
  settings: FakeSettings,
  options: VerifyOptions,
): Promise<Verdict> {
  const found = await diagnose(exchange, settings, options);
  const { request, route } = exchange;
  const details = {
    code: refused.code,
    ...(refused.canonicalRequest === undefined ? {} : { canonicalRequest: refused.canonicalRequest }),
    ...(refused.stringToSign === undefined ? {} : { stringToSign: refused.stringToSign }),
    ...found,
  };
  const header = headerValue(request.headers, "authorization") ?? "";
  return fault(signatureFault(refused.code), wordsFor(refused, route.provider, header), { details });
}

/** What of a diagnosis stands among the details of a fault. */
type DiagnosisDetails = Pick<FaultDetails, "signedCanonicalRequest" | "ruledOut">;

/**
 * Looks for the mistake behind a wrong signature, where it may be looked for.
 *
 * @returns For the journal: the canonical request that was signed instead, where it was found, and otherwise what is not the cause.
 */
async function diagnose(
  exchange: Exchange,
  settings: FakeSettings,
  options: VerifyOptions,
): Promise<DiagnosisDetails | undefined> {
  const { request, receivedAt } = exchange;
  if (request.mayDiagnose?.(receivedAt, request.bodyBytes ?? request.body.length) === false) return undefined;
  // Loaded by the first wrong signature: a fake starts without it.
  const { diagnoseMismatch } = await import("@claude-on-aws/auth/diagnose");
  const { ok, mistakes, ruledOut, signedCanonicalRequest } = await diagnoseMismatch(asSent(request), {
    ...options,
    otherCredentials: settings.credentials,
    maxCandidates: settings.maxDiagnosisCandidates,
  });
  if (!ok) exchange.diagnosis = mistakes;
  return {
    ...(signedCanonicalRequest === undefined ? {} : { signedCanonicalRequest }),
    ...(mistakes.some(({ code }) => code === "UNKNOWN") ? { ruledOut: ruledOut.join(", ") } : {}),
  };
}

/**
 * Amazon Bedrock and its Messages endpoint print what they expected; Claude
 * Platform on AWS was not seen to.
 */
function wordsFor(refused: Refused, provider: Exchange["route"]["provider"], header: string): string {
  const { code, message, canonicalRequest, stringToSign } = refused;
  if (provider === "anthropic-aws") return message;
  if (canonicalRequest !== undefined && stringToSign !== undefined) {
    return (
      `${message}\n\nThe Canonical String for this request should have been\n'${canonicalRequest}'\n\n` +
      `The String-to-Sign should have been\n'${stringToSign}'\n`
    );
  }
  if (code !== "AUTHORIZATION_MALFORMED") return message;
  const hash = createHash("sha256").update(header).digest("base64");
  return `${message} (Hashed with SHA-256 and encoded with Base64) Authorization=${hash}`;
}

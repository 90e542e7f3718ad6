import { headerValue, type Refused, type RefusalCode, type Verified, verifyRequest } from "@claude-on-aws/auth/sigv4";
import { createHash } from "node:crypto";
import type { Verdict } from "../check.ts";
import type { Caller, Exchange } from "../exchange.ts";
import { type FaultName, fault } from "../faults.ts";
import type { FakeSettings } from "../options.ts";
import { PROVIDERS } from "../provider.ts";

/** Refusals of the signature that have a fault of their own; the others are a wrong signature. */
const FAULT_OF: Partial<Record<RefusalCode, FaultName>> = {
  AUTHORIZATION_MISSING: "authentication-missing",
  AUTHORIZATION_MALFORMED: "authorization-malformed",
  CREDENTIAL_MALFORMED: "authorization-malformed",
  DATE_MISSING: "authorization-malformed",
  DATE_MALFORMED: "authorization-malformed",
  ACCESS_KEY_UNKNOWN: "access-key-unknown",
  SESSION_TOKEN_MISSING: "access-key-unknown",
  SESSION_TOKEN_INVALID: "access-key-unknown",
  CREDENTIALS_EXPIRED: "credentials-expired",
};

/** Whether the signature is right: recomputed from what was received. */
export async function checkSignature(exchange: Exchange, settings: FakeSettings): Promise<Verdict> {
  const { request, route } = exchange;
  const token = headerValue(request.headers, "x-amz-security-token");
  const verification = await verifyRequest(request, {
    credentials: (accessKeyId) => {
      const known = settings.credentials.filter((credentials) => credentials.accessKeyId === accessKeyId);
      return known.find(({ sessionToken }) => sessionToken === token) ?? known[0];
    },
    service: PROVIDERS[route.provider].signingService,
    region: settings.region ?? route.hostRegion,
    now: exchange.receivedAt,
    maxClockSkewMs: settings.facts.maxClockSkewMinutes * 60_000,
    // Only an upload may leave its body out: its boundary is made after signing.
    allowUnsignedPayload: headerValue(request.headers, "content-type")?.startsWith("multipart/") === true,
  });
  if (!verification.ok) return refusal(verification, exchange);
  exchange.caller = callerOf(verification);
  return undefined;
}

function callerOf({ authorization }: Verified): Caller {
  const { accessKeyId, scope } = authorization;
  return { kind: "sigv4", accessKeyId, region: scope.region, service: scope.service };
}

function refusal(refused: Refused, { request, route }: Exchange): Verdict {
  const details = {
    code: refused.code,
    ...(refused.canonicalRequest === undefined ? {} : { canonicalRequest: refused.canonicalRequest }),
    ...(refused.stringToSign === undefined ? {} : { stringToSign: refused.stringToSign }),
  };
  const header = headerValue(request.headers, "authorization") ?? "";
  return fault(FAULT_OF[refused.code] ?? "signature-mismatch", wordsFor(refused, route.provider, header), { details });
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

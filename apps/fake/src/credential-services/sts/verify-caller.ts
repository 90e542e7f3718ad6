import { headerValue, verifyRequest } from "@claude-on-aws/auth/sigv4";
import { hide } from "@claude-on-aws/endpoints";
import type { Fault } from "../../terms/faults.ts";
import type { FakeState } from "../../exchange/fake-state.ts";
import type { FakeSettings } from "../../settings/fake-settings.ts";
import type { ServiceExchange } from "../service-exchange.ts";
import { parseForm } from "../parse-form.ts";
import { redactForm } from "./redact-form.ts";
import { signatureFault } from "../../terms/signature-faults.ts";
import { stsFault } from "./sts-refusals.ts";

/**
 * Checks whether the signature is right, for the service `sts` and the region of the host; notes who the caller is.
 *
 * @returns Why it is not.
 */
export async function verifyCaller(
  exchange: ServiceExchange,
  settings: FakeSettings,
  { credentials }: FakeState,
): Promise<Fault | undefined> {
  const { request, region = settings.region, receivedAt } = exchange;
  const { facts } = settings;
  const sessionToken = headerValue(request.headers, "x-amz-security-token");
  const verification = await verifyRequest(request, {
    credentials: (accessKeyId) => credentials.find(accessKeyId, sessionToken),
    service: "sts",
    region,
    now: receivedAt,
    maxClockSkewMs: facts.maxClockSkewMinutes * 60_000,
    allowUnsignedPayload: false,
  });
  if (!verification.ok) {
    const { code, canonicalRequest, stringToSign } = verification;
    const message = code === "AUTHORIZATION_MISSING" ? "Request is missing Authentication Token" : verification.message;
    return stsFault(signatureFault(code), message, {
      code,
      ...(canonicalRequest === undefined ? {} : { canonicalRequest: redactCanonicalForm(canonicalRequest) }),
      ...(stringToSign === undefined ? {} : { stringToSign }),
    });
  }
  const { accessKeyId, scope } = verification.authorization;
  exchange.caller = { kind: "sigv4", accessKeyId, region: scope.region, service: scope.service };
  const principal = credentials.principalOf(accessKeyId);
  if (principal !== undefined) exchange.principal = principal;
  return undefined;
}

/** Line of a canonical request that holds its query. */
const QUERY_LINE = 2;

/** A canonical request as it may be kept: its query may be a form, with what is secret in one. */
function redactCanonicalForm(text: string): string {
  const lines = text.split("\n");
  const form = parseForm(lines[QUERY_LINE] ?? "");
  lines[QUERY_LINE] = typeof form === "string" ? hide(lines[QUERY_LINE] ?? "") : redactForm(form);
  return lines.join("\n");
}

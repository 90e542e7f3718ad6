import { diagnoseMismatch } from "@claude-on-aws/auth/diagnose";
import {
  type AwsCredentials,
  type CredentialScope,
  headerValue,
  parseAuthorization,
  type WireRequest,
} from "@claude-on-aws/auth/sigv4";
import { CLAUDE_SERVICES, parseServiceHost } from "@claude-on-aws/endpoints";
import { judgeKey } from "./judge-key.ts";
import type { RecordedRequest } from "./recorded-request.ts";

/** What a check found. */
export interface VerifyFinding {
  /** Identifier of the rule. */
  readonly rule: string;
  readonly level: "pass" | "warn" | "fail";
  readonly message?: string;
}

/** A mistake with its way out. */
export interface NamedMistake {
  readonly code: string;
  readonly message: string;
  readonly fix: string;
}

/** Whether a request would be let in, and why not. */
export interface Judgement {
  readonly ok: boolean;
  readonly findings: readonly VerifyFinding[];
  readonly diagnosis: readonly NamedMistake[];
  /** What should have been signed, and what was, for people to compare. */
  readonly canonical?: { readonly expected: string; readonly signed: string | undefined };
}

/** Judges how a recorded request proves who sent it. */
export async function judgeRequest(recorded: RecordedRequest, known: readonly AwsCredentials[]): Promise<Judgement> {
  const { request } = recorded;
  const authorization = headerValue(request.headers, "authorization") ?? "";
  // Amazon Bedrock does not know `x-api-key`: there it is a header like any other.
  const hasKey = headerValue(request.headers, "x-api-key") !== undefined && !authorization.includes("/bedrock/");
  if (!authorization.startsWith("AWS4-HMAC-SHA256") || hasKey) return judgeKey(request);
  return judgeSignature(recorded, known);
}

async function judgeSignature(recorded: RecordedRequest, known: readonly AwsCredentials[]): Promise<Judgement> {
  const { request, bodySha256 } = recorded;
  const token = headerValue(request.headers, "x-amz-security-token");
  const host = parseServiceHost(
    headerValue(request.headers, ":authority") ?? headerValue(request.headers, "host") ?? "",
  );
  const scope = statedScope(request);
  const service = recorded.service ?? host?.service ?? scope?.service;
  const diagnosis = await diagnoseMismatch(request, {
    credentials: (accessKeyId) => {
      const own = known.filter((credentials) => credentials.accessKeyId === accessKeyId);
      return own.find(({ sessionToken }) => sessionToken === token) ?? own[0];
    },
    otherCredentials: known,
    service,
    losesHeader: Object.values(CLAUDE_SERVICES).find(({ signingService }) => signingService === service)?.losesHeader,
    region: recorded.region ?? host?.region ?? scope?.region,
    now: recorded.now ?? ownDate(request),
    // Only an upload may leave its body out: its boundary is made after signing.
    allowUnsignedPayload: headerValue(request.headers, "content-type")?.startsWith("multipart/") === true,
    bodySha256,
  });
  if (diagnosis.ok) return { ok: true, findings: [{ rule: "authentication", level: "pass" }], diagnosis: [] };
  const mistakes = diagnosis.mistakes.map(({ code, message, fix }) => ({
    code,
    message: code === "UNKNOWN" ? `${message} Ruled out: ${diagnosis.ruledOut.join(", ")}.` : message,
    fix,
  }));
  const message = mistakes.map((mistake) => mistake.message).join(" ");
  return {
    ok: false,
    findings: [{ rule: "authentication", level: "fail", message }],
    diagnosis: mistakes,
    ...(diagnosis.canonicalRequest === undefined
      ? {}
      : { canonical: { expected: diagnosis.canonicalRequest, signed: diagnosis.signedCanonicalRequest } }),
  };
}

/** The scope that a request names, where it can be read. */
function statedScope({ headers }: WireRequest): CredentialScope | undefined {
  try {
    return parseAuthorization(headerValue(headers, "authorization") ?? "").scope;
  } catch {
    return undefined;
  }
}

/** The time that a request gives itself. */
function ownDate({ headers }: WireRequest): Date | undefined {
  const text = headerValue(headers, "x-amz-date") ?? headerValue(headers, "date");
  const date = new Date((text ?? "").replace(/^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/, "$1-$2-$3T$4:$5:$6Z"));
  return Number.isNaN(date.getTime()) ? undefined : date;
}

import type { DiagnosisCode } from "@claude-on-aws/auth/diagnose";
import { headerValue } from "@claude-on-aws/auth/sigv4";
import { HIDDEN, redactForm } from "@claude-on-aws/endpoints";
import type { AuthenticationVerdict, Verifier } from "@claude-on-aws/fake/verifier";
import { diagnoseKey } from "./diagnose-key.ts";
import type { Judgement, NamedMistake, VerifyFinding } from "./judgement.ts";
import type { RecordedRequest } from "./recorded-request.ts";

/** How a record is completed, in each of its forms. */
const ADD_BODY =
  'Add the body exactly as it was sent: as "body", "bodyBase64" or "bodySha256" of a JSON object, as "postData" of a HAR, or, in a dump and in what curl --verbose prints, which has no body, behind the empty line that ends the headers.';

/**
 * Judges how a recorded request proves who sent it, by the checks of the fake.
 *
 * @param recorded The request.
 * @param verify Knows the credentials and the keys.
 * @returns Whether the fake would let it in, and what is wrong where it would not.
 */
export async function judgeRequest(recorded: RecordedRequest, verify: Verifier): Promise<Judgement> {
  const verdict = await verdictOn(recorded, verify);
  const warnings = [
    ...(verdict.unchecked ?? []).map((what) => WARNINGS[what]),
    ...(verdict.signatureIn === "query" ? [IN_QUERY] : []),
  ];
  if (verdict.ok) {
    return { ok: true, findings: [{ rule: "authentication", level: "pass" }, ...warnings], diagnosis: [] };
  }
  const diagnosis = mistakesOf(verdict, recorded);
  const message = diagnosis.map((mistake) => mistake.message).join(" ");
  const { canonicalRequest: expected, signedCanonicalRequest: signed } = verdict.fault?.details ?? {};
  return {
    ok: false,
    findings: [{ rule: "authentication", level: "fail", message }, ...warnings],
    diagnosis,
    ...(expected === undefined ? {} : { canonical: { expected, signed } }),
  };
}

/** A body that is shorter than its request says may be what was signed all the same: then the length is wrong. */
async function verdictOn(recorded: RecordedRequest, verify: Verifier): Promise<AuthenticationVerdict> {
  if (recorded.bodyMissing && recorded.request.body.length > 0) {
    const verdict = await verify({ ...recorded, bodyMissing: false });
    if (verdict.ok) return verdict;
  }
  return verify(recorded);
}

/** What is said of that which was taken as it was sent. */
const WARNINGS: Readonly<Record<NonNullable<AuthenticationVerdict["unchecked"]>[number], VerifyFinding>> = {
  body: {
    rule: "body",
    level: "warn",
    message: `The body was not recorded, or not as a whole: its hash was taken from x-amz-content-sha256. ${ADD_BODY}`,
  },
  "session-token": {
    rule: "session-token",
    level: "warn",
    message:
      "The session token was not checked, since the credentials were given without one; give it with --credentials ID:SECRET:TOKEN.",
  },
};

const IN_QUERY: VerifyFinding = {
  rule: "signature-in-query",
  level: "warn",
  message:
    "The signature is in the query. Its arithmetic was checked; whether the service takes one there is not documented, and what a URL holds is written to logs.",
};

function mistakesOf(verdict: AuthenticationVerdict, { request }: RecordedRequest): readonly NamedMistake[] {
  if (verdict.diagnosis === undefined) return [diagnoseKey(verdict, request)];
  const fixes: Partial<Record<DiagnosisCode, string>> = {
    BODY_NOT_RECORDED: ADD_BODY,
    ACCESS_KEY_UNKNOWN: giveCredentials(request),
  };
  return verdict.diagnosis.map(({ code, message, fix }) => ({ code, message, fix: fixes[code] ?? fix }));
}

/** How the command is told of the access key that a request names. */
function giveCredentials({ headers, target }: RecordedRequest["request"]): string {
  const named = headerValue(headers, "authorization") ?? target.replaceAll(/%2F/gi, "/");
  const id = /Credential=([\w.-]{1,128})\//.exec(named)?.[1];
  // Who mixes the two up sends the secret in its place.
  const shown = id === undefined || HIDDEN.test(redactForm("credential", id)) ? "ID" : id;
  return `Give the secret of this access key with --credentials ${shown}:SECRET, or ${shown}:SECRET:TOKEN where it is temporary; --credentials env and --credentials file:PATH take it from where it is.`;
}

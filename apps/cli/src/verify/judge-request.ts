import type { AuthenticationVerdict, Verifier } from "@claude-on-aws/fake/verifier";
import { diagnoseKey } from "./diagnose-key.ts";
import type { Judgement, NamedMistake } from "./judgement.ts";
import type { RecordedRequest } from "./recorded-request.ts";

/**
 * Judges how a recorded request proves who sent it, by the checks of the fake.
 *
 * @param recorded The request.
 * @param verify Knows the credentials and the keys.
 * @returns Whether the fake would let it in, and what is wrong where it would not.
 */
export async function judgeRequest(recorded: RecordedRequest, verify: Verifier): Promise<Judgement> {
  const verdict = await verify(recorded);
  if (verdict.ok) return { ok: true, findings: [{ rule: "authentication", level: "pass" }], diagnosis: [] };
  const diagnosis = mistakesOf(verdict, recorded);
  const message = diagnosis.map((mistake) => mistake.message).join(" ");
  const { canonicalRequest: expected, signedCanonicalRequest: signed } = verdict.fault?.details ?? {};
  return {
    ok: false,
    findings: [{ rule: "authentication", level: "fail", message }],
    diagnosis,
    ...(expected === undefined ? {} : { canonical: { expected, signed } }),
  };
}

function mistakesOf(verdict: AuthenticationVerdict, { request }: RecordedRequest): readonly NamedMistake[] {
  if (verdict.diagnosis === undefined) return [diagnoseKey(verdict, request)];
  const ruledOut = verdict.fault?.details?.["ruledOut"] ?? "";
  return verdict.diagnosis.map(({ code, message, fix }) => ({
    code,
    message: code === "UNKNOWN" ? `${message} Ruled out: ${ruledOut}.` : message,
    fix,
  }));
}

import { Random } from "@claude-on-aws/fixtures";
import { type DiagnosisCode, diagnoseMismatch } from "../src/diagnose/index.ts";
import { MISTAKES } from "../test/diagnose/mistakes.ts";
import { carryOut, drawPlan } from "../test/diagnose/plan.ts";
import type { Contender } from "./contenders.ts";

const SHOWN: readonly (readonly DiagnosisCode[])[] = [
  ["PATH_ENCODED_ONCE"],
  ["METHOD_CHANGED"],
  ["SECRET_WHITESPACE"],
  ["BODY_CHANGED", "HOST_WITHOUT_PORT"],
];

/** A diagnosis of each of some mistakes, and of one that nothing explains: all 2,000 candidates. */
export async function diagnoses(): Promise<readonly Contender[]> {
  const named = SHOWN.map((codes): Contender => {
    for (let seed = 1; ; seed++) {
      const plan = drawPlan(new Random(seed));
      if (!codes.every((code) => MISTAKES[code]?.(plan, new Random(seed)))) continue;
      const { request, options } = carryOut(plan);
      return { name: codes.join(" and "), kind: "ours", run: () => diagnoseMismatch(request, options) };
    }
  });
  const unknown = drawPlan(new Random(3));
  unknown.signer.secret = "another";
  const { request, options } = carryOut(unknown);
  const { candidates } = await diagnoseMismatch(request, options);
  return [
    ...named,
    { name: `UNKNOWN, ${candidates} candidates`, kind: "ours", run: () => diagnoseMismatch(request, options) },
  ];
}

/** How many requests were judged how. */
export interface Counts {
  /** Right in all that was checked. */
  readonly ok: number;
  /** Right, and something could not be checked. */
  readonly warned: number;
  /** Wrong, or no request. */
  readonly notOk: number;
}

/**
 * What AWS refuses with 403 although the signature is right.
 *
 * Sources: https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html and
 * https://docs.aws.amazon.com/bedrock/latest/userguide/model-access.html; 2026-11-29.
 */
const REASONS_OF_403: readonly string[] = [
  "a policy that does not allow the action, or denies it: of the identity, the session, the organization or the VPC endpoint (claude-on-aws policy --check asks the first two)",
  "access to the model that the account was not given",
  "an access key that was deactivated, or a session token that has ended or was not checked",
  "a clock that was off by more than five minutes when the request arrived",
];

/**
 * Writes the end of the command's answer for people: how many were right, and what a signature does not say.
 *
 * @param counts How many requests were judged how.
 * @returns The lines.
 */
export function formatCounts({ ok, warned, notOk }: Counts): readonly string[] {
  const right = ok + warned;
  const total = right + notOk;
  const warnings = warned === 0 ? "" : ` (${warned} with a warning)`;
  const line = `${total} ${total === 1 ? "request" : "requests"}: ${right} ok${warnings}, ${notOk} not ok`;
  if (right === 0) return ["", line];
  return [
    "",
    line,
    "Where AWS answers 403 to a request that is ok here, it is not the signature. It can be:",
    ...REASONS_OF_403.map((reason) => `  - ${reason}`),
  ];
}

import type { FakeCore } from "../create/fake-core.ts";
import { FakeError } from "../input/fake-error.ts";
import { formatBrokenRules } from "./format-broken-rules.ts";

/**
 * Throws where a client broke a rule since the fake was started or reset.
 *
 * @example In a test
 * ```ts
 * import { createFake } from "@claude-on-aws/fake";
 * import { expectConformance } from "@claude-on-aws/fake/testing";
 *
 * const fake = createFake();
 * expectConformance(fake);
 * ```
 *
 * @param fake What the client talked to.
 * @throws {FakeError} `RULE_BROKEN`, with the rule, the request, the diagnosis and the fix in its message.
 */
export function expectConformance(fake: Pick<FakeCore, "report">): void {
  const report = fake.report();
  if (report.failed === 0) return;
  const error = new FakeError(
    "RULE_BROKEN",
    {
      path: "",
      found: `broken rules: ${report.failed}`,
      expected: "none",
      fix: "see the message: it names each rule, the request and the way out",
    },
    formatBrokenRules(report),
  );
  // The test's own line is what a reader wants to see.
  Error.captureStackTrace?.(error, expectConformance);
  throw error;
}

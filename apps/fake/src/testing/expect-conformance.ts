import type { FakeCore } from "../create/fake-core.ts";
import { FakeError } from "../input/fake-error.ts";
import type { RuleResult } from "../report/report.ts";
import { formatBrokenRules } from "./format-broken-rules.ts";

/** Options for {@link expectConformance}. */
export interface ExpectConformanceOptions {
  /**
   * Which broken rules count: `fail`, those whose breach AWS refuses; `warn`, also those that are warned about, such as those on
   * retries and cut streams.
   *
   * @default {"fail"}
   */
  readonly level?: RuleResult["level"] | undefined;
}

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
 * expectConformance(fake, { level: "warn" });
 * ```
 *
 * @param fake What the client talked to.
 * @param options Which broken rules count.
 * @throws {FakeError} `RULE_BROKEN`, with the rule, the request, the diagnosis and the fix in its message.
 */
export function expectConformance(fake: Pick<FakeCore, "report">, options: ExpectConformanceOptions = {}): void {
  const { level = "fail" } = options;
  const report = fake.report();
  const broken = report.failed + (level === "warn" ? report.warned : 0);
  if (broken === 0) return;
  const error = new FakeError(
    "RULE_BROKEN",
    {
      path: "",
      found: `broken rules: ${broken}`,
      expected: "none",
      fix: "see the message: it names each rule, the request and the way out",
    },
    formatBrokenRules(report, level),
  );
  // The test's own line is what a reader wants to see.
  Error.captureStackTrace?.(error, expectConformance);
  throw error;
}

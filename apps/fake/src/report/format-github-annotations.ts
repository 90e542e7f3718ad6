import { formatGithubCommand } from "./format-github-command.ts";
import { brokenRules, countOf, furtherMistakes } from "./outcomes.ts";
import type { Report } from "./report.ts";

/**
 * Writes a report as annotations of a GitHub Actions job: an `::error` line for
 * each rule that failed, a `::warning` line for each that is warned about.
 *
 * @example Usage
 * ```ts
 * import { createFake, formatGithubAnnotations } from "@claude-on-aws/fake";
 * import { equal } from "node:assert/strict";
 *
 * const fake = createFake();
 * await fake.fetch(new Request("https://bedrock-runtime.us-east-1.amazonaws.com/model/x/invoke", { method: "POST" }));
 *
 * equal(formatGithubAnnotations(fake.report()).startsWith("::error title="), true);
 * ```
 *
 * @param report What `report()` of a fake says.
 * @returns Lines that each end with a line break; empty where every rule held.
 * @see {@link https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands | Workflow commands}
 */
export function formatGithubAnnotations(report: Report): string {
  return report.clients
    .flatMap((client) =>
      brokenRules(client).map(({ rule, level, what, broken, passed, first, source }) => {
        const title = `${rule}: ${client.client}`;
        const message = [
          what,
          first.message,
          ...furtherMistakes(first).map(({ message: cause }) => `Cause: ${cause}`),
          `Fix: ${first.fix}`,
          `First: ${first.request} (exchange ${first.exchange}; ${broken} of ${countOf(broken + passed, "exchange")})`,
          `Source: ${source}`,
        ].join("\n");
        return `${formatGithubCommand(level === "fail" ? "error" : "warning", title, message)}\n`;
      }),
    )
    .join("");
}

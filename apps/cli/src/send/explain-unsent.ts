import { type ProblemCode, PROVIDER_TITLES } from "@claude-on-aws/env";
import type { Circumstances } from "../refusals/describe-subject.ts";
import { type Explained, explainProblem, withSubject } from "../refusals/explain-refusal.ts";

/** Why requests go to a provider that nobody meant: that is said before what is wrong with it there. */
const WRONG_PROVIDER: readonly ProblemCode[] = [
  "SWITCH_NOT_TRUTHY",
  "REQUESTS_GO_TO_FIRST_PARTY",
  "PROVIDER_NOT_PLANNED",
];

const ON_AWS: ReadonlySet<string> = new Set(["anthropic-aws", "bedrock", "mantle"]);

/**
 * Says why nothing is sent with a configuration.
 *
 * @param circumstances The configuration and its plan.
 * @returns The cause; `undefined` where a request can be sent.
 */
export function explainUnsent(circumstances: Circumstances): Explained | undefined {
  const { plan, config } = circumstances;
  const isOnAws = ON_AWS.has(plan.provider);
  if (isOnAws) {
    const error = plan.problems.find(({ severity }) => severity === "error");
    if (error === undefined) return undefined;
    const explained = explainProblem(error, circumstances);
    const helps = explained.subject === "credentials" && config.credentialCommands.awsAuthRefresh !== null;
    return helps ? { ...explained, fix: `${explained.fix} ${LOGIN}` } : explained;
  }
  const misled = WRONG_PROVIDER.map((code) => plan.problems.find((problem) => problem.code === code));
  const named = misled.find((problem) => problem !== undefined);
  if (named !== undefined) return explainProblem(named, circumstances);
  const explanation = {
    cause: `Requests go to ${PROVIDER_TITLES[plan.provider]}, to which this command sends nothing.`,
    fix: "Switch one on AWS on: CLAUDE_CODE_USE_ANTHROPIC_AWS=1, CLAUDE_CODE_USE_BEDROCK=1 or CLAUDE_CODE_USE_MANTLE=1.",
  };
  return withSubject("provider", "PROVIDER_UNSUPPORTED", explanation, circumstances);
}

/** What signs in, where the settings say how. */
export const LOGIN = "claude-on-aws login runs awsAuthRefresh, and says what is there then.";

import { AuthError, type Policy, parsePolicy } from "@claude-on-aws/auth/iam";
import { findManagedPolicy, MANAGED_POLICY_NAMES } from "../../authorize/resolve-policy.ts";
import type { Fault } from "../../faults.ts";
import type { ServiceCheck } from "../service-exchange.ts";
import { stsFault } from "./sts-refusals.ts";

/** Most policies that a request may name. */
const MAX_POLICY_ARNS = 10;

/** Name of a parameter that holds the ARN of a policy. */
const POLICY_ARN = /^PolicyArns\.member\.\d+\.arn$/;

/** The policies that restrict a session; neither policies nor a fault where a request hands none over. */
export interface SessionPolicies {
  readonly policies?: readonly Policy[];
  /** Why they cannot be used. */
  readonly fault?: Fault;
}

/**
 * Reads the policies that a request hands over for its session: the document in `Policy`, and those that `PolicyArns` names.
 * The fake knows the managed policies of the two services, and no other.
 *
 * @see {@link https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#policies_session | Session policies}
 */
export function readSessionPolicies(parameters: ReadonlyMap<string, string>): SessionPolicies {
  const arns = [...parameters].filter(([name]) => POLICY_ARN.test(name)).map(([, arn]) => arn);
  if (arns.length > MAX_POLICY_ARNS) {
    return refused("parameter-invalid", `Found ${arns.length} policy ARNs: expected ${MAX_POLICY_ARNS} at most`);
  }
  const policies: Policy[] = [];
  for (const arn of arns) {
    const policy = arn.startsWith("arn:") ? findManagedPolicy(arn) : undefined;
    if (policy === undefined) {
      const expected = `the ARN of one of ${MANAGED_POLICY_NAMES.join(", ")}`;
      return refused(
        "parameter-invalid",
        `Policy ${JSON.stringify(arn.slice(0, MAX_SHOWN))} is not known: expected ${expected}`,
      );
    }
    policies.push(policy);
  }
  const document = parameters.get("Policy");
  if (document === undefined) return policies.length === 0 ? {} : { policies };
  try {
    return { policies: [...policies, parsePolicy(document, { name: "Policy of the session" })] };
  } catch (error) {
    if (!(error instanceof AuthError)) throw error;
    return refused("session-policy-malformed", error.message);
  }
}

/** How much of an ARN is shown in a message, in characters. */
const MAX_SHOWN = 100;

const refused = (...fault: Parameters<typeof stsFault>): SessionPolicies => ({ fault: stsFault(...fault) });

/** Whether the policies of the session can be used. */
export const checkSessionPolicies: ServiceCheck = {
  name: "session-policies",
  decisive: true,
  check: ({ parameters }) => readSessionPolicies(parameters).fault,
};

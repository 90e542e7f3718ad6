import { AuthError, lintPolicy, parsePolicy } from "@claude-on-aws/auth/iam";
import { findManagedPolicy, MANAGED_POLICY_NAMES } from "../../principals/resolve-policy.ts";
import type { Fault } from "../../terms/faults.ts";
import type { ServiceCheck } from "../service-exchange.ts";
import { stsFault } from "./sts-refusals.ts";

/** Most policies that a request may name. */
const MAX_POLICY_ARNS = 10;

/** Every parameter that is about the ARN of a policy, and how one is written. */
const ABOUT_ARNS = "PolicyArns";
const POLICY_ARN = /^PolicyArns\.member\.\d{1,3}\.arn$/;

/** The policies that restrict a session; neither texts nor a fault where a request hands none over. */
export interface SessionPolicies {
  /** Documents, and ARNs of managed policies. */
  readonly texts?: readonly string[];
  /** Why they cannot be used. */
  readonly fault?: Fault;
}

/**
 * Reads the policies that a request hands over for its session: the document in `Policy`, and those that `PolicyArns` names,
 * of which the fake knows the managed policies of the two services alone.
 *
 * @returns The policies, or why they cannot be used; neither where there are none.
 * @see {@link https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#policies_session | Session policies}
 * @see {@link https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html | Incomplete ARNs},
 * which IAM completes in all other policies
 */
export function readSessionPolicies(parameters: ReadonlyMap<string, string>): SessionPolicies {
  const arns: string[] = [];
  for (const [name, arn] of parameters) {
    // A list without members is written as its name alone.
    if (!name.startsWith(ABOUT_ARNS) || (name === ABOUT_ARNS && arn === "")) continue;
    // What is not understood must not leave the session unrestricted.
    if (!POLICY_ARN.test(name)) return refused("form-malformed", `Unexpected parameter ${shorten(name)}`);
    const isKnown = arn.startsWith("arn:") && findManagedPolicy(arn) !== undefined;
    if (!isKnown) return refused("parameter-invalid", unknownPolicy(arn));
    arns.push(arn);
  }
  if (arns.length > MAX_POLICY_ARNS) {
    return refused("parameter-invalid", `Found ${arns.length} policy ARNs: expected ${MAX_POLICY_ARNS} at most`);
  }
  const document = parameters.get("Policy");
  const fault = document === undefined ? undefined : findDocumentFault(document);
  if (fault !== undefined) return { fault };
  const texts = document === undefined ? arns : [...arns, document];
  return texts.length === 0 ? {} : { texts };
}

const SYNTAX = "Syntax errors in policy.";

/** In the words of STS, which repeat nothing of the document. */
function findDocumentFault(document: string): Fault | undefined {
  try {
    const refused = lintPolicy(parsePolicy(document), { kind: "session" }).find((problem) => problem.refused === true);
    if (refused === undefined) return undefined;
    return { ...stsFault("session-policy-malformed", SYNTAX, { path: refused.path }), fix: refused.fix };
  } catch (error) {
    if (!(error instanceof AuthError)) throw error;
    const isJson = !(error.cause instanceof SyntaxError);
    const message = isJson ? SYNTAX : "The policy is not in the valid JSON format.";
    return stsFault("session-policy-malformed", message, { path: error.path ?? "$" });
  }
}

const unknownPolicy = (arn: string): string =>
  `The fake does not know the policy ${shorten(arn)}: expected the ARN of ${MANAGED_POLICY_NAMES.join(", ")}`;

/** How much of a text is shown in a message, in characters. */
const MAX_SHOWN = 100;

const shorten = (text: string): string => JSON.stringify(text.slice(0, MAX_SHOWN));

const refused = (...fault: Parameters<typeof stsFault>): SessionPolicies => ({ fault: stsFault(...fault) });

/** Whether the policies of the session can be used. */
export const SESSION_POLICIES_CHECK: ServiceCheck = {
  name: "session-policies",
  decisive: true,
  check: ({ parameters }) => readSessionPolicies(parameters).fault,
};

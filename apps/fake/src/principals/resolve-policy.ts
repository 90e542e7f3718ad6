import { AuthError, MANAGED_POLICIES, type ManagedPolicyName, parsePolicy, type Policy } from "@claude-on-aws/auth/iam";
import { FakeError } from "../input/fake-error.ts";
import type { PolicySource } from "../terms/fake-principal.ts";

const BY_NAME = new Map<string, ManagedPolicyName>();
for (const name of Object.keys(MANAGED_POLICIES) as ManagedPolicyName[]) {
  BY_NAME.set(name, name);
  BY_NAME.set(MANAGED_POLICIES[name].arn, name);
}

/** Names of the policies that AWS manages. */
export const MANAGED_POLICY_NAMES: readonly string[] = Object.keys(MANAGED_POLICIES);

const PARSED = new Map<ManagedPolicyName, Policy>();

/**
 * Tells whether a text is the name or the ARN of a policy that AWS manages.
 *
 * @returns `true` where it is that of one that the fake knows.
 */
export const isManagedPolicy = (text: string): boolean => BY_NAME.has(text);

/**
 * Finds a policy that AWS manages, by its name or its ARN; each is parsed once.
 *
 * @returns `undefined` where the fake knows no such policy.
 */
export function findManagedPolicy(nameOrArn: string): Policy | undefined {
  const name = BY_NAME.get(nameOrArn);
  if (name === undefined) return undefined;
  const policy = PARSED.get(name) ?? parsePolicy(MANAGED_POLICIES[name].document, { name });
  PARSED.set(name, policy);
  return policy;
}

/**
 * Reads a policy in any form in which it may be given.
 *
 * @param path Where it stands in the options, such as `principals[0].policies[1]`: its name, where it has none.
 * @returns The policy, parsed.
 * @throws {FakeError} `CONFIGURATION_POLICY` where it is not a policy.
 */
export function resolvePolicy(source: PolicySource, path: string): Policy {
  if (isParsed(source)) return source;
  if (typeof source === "string" && !source.trimStart().startsWith("{")) {
    const found = findManagedPolicy(source);
    if (found !== undefined) return found;
    throw new FakeError("CONFIGURATION_POLICY", {
      path,
      found: `the name ${JSON.stringify(source.slice(0, MAX_SHOWN))}`,
      expected: `a policy, or the name of one that AWS manages: ${MANAGED_POLICY_NAMES.join(", ")}`,
      fix: "write the policy out, or correct its name",
    });
  }
  try {
    return parsePolicy(source, { name: path });
  } catch (cause) {
    if (!(cause instanceof AuthError)) throw cause;
    throw new FakeError("CONFIGURATION_POLICY", {
      path,
      found: "a text that is no policy",
      expected: "an IAM policy",
      fix: cause.message,
      cause,
    });
  }
}

/** How much of a name is shown in a message, in characters. */
const MAX_SHOWN = 60;

const isParsed = (source: PolicySource): source is Policy =>
  typeof source === "object" && "statements" in source && "version" in source;

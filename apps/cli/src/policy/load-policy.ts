import { MANAGED_POLICIES, type ManagedPolicyName, parsePolicy, type Policy } from "@claude-on-aws/auth/iam";
import { readFile } from "node:fs/promises";
import { CliError } from "../cli-error.ts";
import { explainFileError } from "../fake/explain-file-error.ts";

/**
 * Reads a policy from a file, or takes one that AWS manages.
 *
 * @param given The path of a file, or the name or ARN of a managed policy.
 * @returns The policy.
 * @throws {CliError} `FILE_UNREADABLE` where there is no such file, `FILE_MALFORMED` where it holds no policy.
 */
export async function loadPolicy(given: string): Promise<Policy> {
  const names = Object.keys(MANAGED_POLICIES) as ManagedPolicyName[];
  const managed = names.find((name) => name === given || MANAGED_POLICIES[name].arn === given);
  if (managed !== undefined) return parsePolicy(MANAGED_POLICIES[managed].document, { name: managed });
  let text: string;
  try {
    text = await readFile(given, "utf8");
  } catch (cause) {
    throw new CliError(
      "FILE_UNREADABLE",
      `Cannot read the policy ${given}: ${explainFileError(cause)}. Policies that AWS manages: ${names.join(", ")}`,
      { cause },
    );
  }
  try {
    return parsePolicy(text, { name: given });
  } catch (cause) {
    throw new CliError("FILE_MALFORMED", `Cannot use the policy ${given}: ${(cause as Error).message}`, { cause });
  }
}

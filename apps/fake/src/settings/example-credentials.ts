import type { AwsCredentials } from "@claude-on-aws/auth/sigv4";

/**
 * The example pair of AWS's documents.
 *
 * @example Usage
 * ```ts
 * import { EXAMPLE_CREDENTIALS } from "@claude-on-aws/fake";
 * import { equal } from "node:assert/strict";
 *
 * equal(EXAMPLE_CREDENTIALS.accessKeyId, "AKIDEXAMPLE");
 * ```
 */
export const EXAMPLE_CREDENTIALS: AwsCredentials = {
  accessKeyId: "AKIDEXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
};

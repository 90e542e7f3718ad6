import type { AwsCredentials } from "@claude-on-aws/auth/sigv4";

/** The example pair of AWS's documents. */
export const EXAMPLE_CREDENTIALS: AwsCredentials = {
  accessKeyId: "AKIDEXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
};

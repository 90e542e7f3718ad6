import type { AwsCredentials } from "@claude-on-aws/endpoints";
import { AuthError } from "../errors.ts";

const KEY_PAIR = ["accessKeyId", "secretAccessKey"] as const;

/**
 * Checks that there is a key pair to sign with. A plan or a file that has none says so with `null`, and text is made of that as
 * of everything: AWS then knows no access key of the name `null`.
 *
 * @throws {AuthError} `CREDENTIALS_NOT_FOUND`
 */
export function checkCredentials(credentials: AwsCredentials): void {
  for (const name of KEY_PAIR) {
    const value: unknown = credentials[name];
    if (typeof value === "string" && value !== "") continue;
    // What it is, never the value: it may be a secret in a wrapping of its own.
    const found = value && typeof value;
    throw new AuthError(
      "CREDENTIALS_NOT_FOUND",
      `Cannot sign request: ${name} is "${found}", expected text: see createCredentials`,
    );
  }
}

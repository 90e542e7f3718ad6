import type { AwsCredentials } from "@claude-on-aws/auth/sigv4";
import { randomBytes } from "node:crypto";

const ID_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/**
 * A fresh access key in the form that AWS gives them.
 *
 * @returns The key, with its secret.
 */
export function randomCredentials(): AwsCredentials {
  const letters = [...randomBytes(16)].map((byte) => ID_LETTERS[byte % ID_LETTERS.length]);
  return { accessKeyId: `AKIA${letters.join("")}`, secretAccessKey: randomBytes(30).toString("base64") };
}

import type { AwsCredentials } from "./credentials.ts";
import { type CredentialScope, formatCredentialScope, TERMINATOR } from "./credential-scope.ts";
import { digest } from "./digest.ts";

const MAX_KEYS_PER_CREDENTIALS = 32;

// Keyed by the credentials object: a secret is never a key of a map, and the keys go when the credentials do.
const cache = new WeakMap<AwsCredentials, Map<string, Uint8Array>>();

/**
 * Derives the key that signs within one credential scope.
 *
 * The keys of the last 32 scopes are remembered for as long as the credentials
 * object lives.
 *
 * @param credentials Whose secret signs.
 * @param scope Day, region and service that the key is good for.
 * @returns 32 bytes. Do not change them: they are shared.
 * @see {@link https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html | Create a signed AWS API request}
 */
export async function deriveSigningKey(credentials: AwsCredentials, scope: CredentialScope): Promise<Uint8Array> {
  let keys = cache.get(credentials);
  if (keys === undefined) cache.set(credentials, (keys = new Map()));
  const name = formatCredentialScope(scope);
  const known = keys.get(name);
  if (known !== undefined) return known;

  let key: Uint8Array = new TextEncoder().encode(`AWS4${credentials.secretAccessKey}`);
  for (const part of [scope.date, scope.region, scope.service, TERMINATOR]) {
    key = await digest.hmacSha256(key, part);
  }
  if (keys.size >= MAX_KEYS_PER_CREDENTIALS) keys.delete(keys.keys().next().value as string);
  keys.set(name, key);
  return key;
}

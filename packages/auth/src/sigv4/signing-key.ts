import type { AwsCredentials } from "@claude-on-aws/endpoints";
import { andThen } from "./and-then.ts";
import { type CredentialScope, formatCredentialScope, TERMINATOR } from "./credential-scope.ts";
import { digest, encodeHex, type ScopeSigner } from "./digest.ts";

const MAX_SCOPES_PER_CREDENTIALS = 32;
const MAX_SHARED_KEYS = 256;

/** A derived key, and what signs with it. */
interface SigningKey {
  /** What it was derived for: as text, region `a` and service `b/c` look like region `a/b` and service `c`. */
  readonly scope: CredentialScope;
  readonly key: Uint8Array;
  readonly sign: ScopeSigner;
}

interface KeysOfCredentials {
  /** The secret the keys were derived from: a credentials object may be refilled. */
  readonly secret: string;
  readonly scopes: Map<string, SigningKey>;
}

// Keyed by the credentials object: the keys are dropped when the credentials are.
const own = new WeakMap<AwsCredentials, KeysOfCredentials>();

// For callers that make a new object each time. A salted hash stands for the secret, which is never itself a key of a map.
const shared = new Map<string, SigningKey>();
let salt = "";

/**
 * Derives the key that signs within one credential scope.
 *
 * The keys of the last 32 scopes of a credentials object are remembered for as
 * long as it lives, and the last 256 keys by secret, day, region and service.
 *
 * @example Usage
 * ```ts
 * import { deriveSigningKey } from "@claude-on-aws/auth/sigv4";
 * import { equal } from "node:assert/strict";
 *
 * const key = await deriveSigningKey(
 *   { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" },
 *   { date: "20261121", region: "us-east-1", service: "bedrock" },
 * );
 * equal(key.length, 32);
 * ```
 *
 * @param credentials Whose secret signs.
 * @param scope Day, region and service that the key is valid for.
 * @returns 32 bytes, a copy.
 * @see {@link https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html | Create a signed AWS API request}
 */
export async function deriveSigningKey(credentials: AwsCredentials, scope: CredentialScope): Promise<Uint8Array> {
  const { key } = await signingKey(credentials, scope, formatCredentialScope(scope));
  return key.slice();
}

/**
 * Finds or derives the key that signs within one scope.
 *
 * @param credentials Whose secret signs.
 * @param scope Day, region and service.
 * @param scopeText The scope as text.
 * @returns The key and what signs with it; at once where hashing is native.
 */
export function signingKey(
  credentials: AwsCredentials,
  scope: CredentialScope,
  scopeText: string,
): SigningKey | Promise<SigningKey> {
  const secret = credentials.secretAccessKey;
  let keys = own.get(credentials);
  if (keys === undefined || keys.secret !== secret) {
    own.set(credentials, (keys = { secret, scopes: new Map() }));
  }
  const { scopes } = keys;
  const known = scopes.get(scopeText);
  if (known !== undefined && isOf(known, scope)) return known;
  return andThen(sharedKey(secret, scope, scopeText), (key) => {
    remember(scopes, scopeText, key, MAX_SCOPES_PER_CREDENTIALS);
    return key;
  });
}

function sharedKey(secret: string, scope: CredentialScope, scopeText: string): SigningKey | Promise<SigningKey> {
  // Some workers do not allow random values at import time.
  salt ||= encodeHex(globalThis.crypto.getRandomValues(new Uint8Array(16)));
  return andThen(digest.sha256Hex(salt + secret), (hash) => {
    const name = `${hash}/${scopeText}`;
    const known = shared.get(name);
    if (known !== undefined && isOf(known, scope)) return known;
    const { date, region, service } = scope;
    return andThen(deriveKey(secret, scope), (key) => {
      const made = { scope: { date, region, service }, key, sign: digest.scopeSigner(key, scopeText) };
      remember(shared, name, made, MAX_SHARED_KEYS);
      return made;
    });
  });
}

/** Whether a key that was found under the text of a scope is that of the scope. */
const isOf = ({ scope: { region, service } }: SigningKey, scope: CredentialScope): boolean =>
  region === scope.region && service === scope.service;

/**
 * Derives a key and remembers nothing.
 *
 * @param secret The secret access key.
 * @param scope Day, region and service.
 * @returns 32 bytes; at once where hashing is native.
 */
export function deriveKey(
  secret: string,
  { date, region, service }: CredentialScope,
): Uint8Array | Promise<Uint8Array> {
  let key: Uint8Array | Promise<Uint8Array> = new TextEncoder().encode(`AWS4${secret}`);
  for (const part of [date, region, service, TERMINATOR]) key = andThen(key, (last) => digest.hmacSha256(last, part));
  return key;
}

function remember(into: Map<string, SigningKey>, name: string, key: SigningKey, limit: number): void {
  if (into.size >= limit) into.delete(into.keys().next().value as string);
  into.set(name, key);
}

/**
 * Counts the keys that credentials objects share, for the test of the limit.
 *
 * @returns How many there are now.
 */
export const sharedKeyCount = (): number => shared.size;

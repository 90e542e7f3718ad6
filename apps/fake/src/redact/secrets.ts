import { hide, ISSUED_KEY, KEY_BEGINNING, parseBearer } from "@claude-on-aws/endpoints";
import { ISSUED_SECRET, SECRET_PREFIX, SIGN_IN_PREFIX, TOKEN_PREFIX } from "../terms/issued-form.ts";
import { lengthOfOverlap } from "../text/length-of-overlap.ts";
import type { FakeSettings } from "../settings/fake-settings.ts";
import type { WireRequest } from "@claude-on-aws/auth/sigv4";

/** A secret, and what it is. */
export interface Secret {
  readonly kind: "secret access key" | "session token" | "API key";
  /** The secret in each way in which it may stand in a URL, a header or JSON; as it was issued first. */
  readonly spellings: readonly string[];
}

/** Secrets to look for. */
export type Secrets = readonly Secret[];

/** Anything shorter occurs by chance. */
const MIN_SECRET_LENGTH = 8;

/**
 * Lists the secrets that a fake was configured with.
 *
 * @returns The longest first.
 */
export function configuredSecrets({ credentials, apiKeys }: FakeSettings): Secrets {
  return unique([
    ...credentials.flatMap(({ secretAccessKey, sessionToken = "" }) => [
      secret("secret access key", secretAccessKey),
      secret("session token", sessionToken),
    ]),
    ...[...(apiKeys ?? [])].map((key) => secret("API key", key)),
  ]);
}

/**
 * Adds to the configured secrets those that a request presents where they belong.
 *
 * @returns The longest first.
 */
export function secretsOf(
  { request: { headers } }: { readonly request: Pick<WireRequest, "headers"> },
  configured: Secrets,
): Secrets {
  const presented = headers.flatMap(([name, value]): Secret[] => {
    const header = name.toLowerCase();
    if (header === "x-api-key") return [secret("API key", value.trim())];
    if (header === "x-amz-security-token") return [secret("session token", value.trim())];
    const bearer = header === "authorization" ? parseBearer(value) : undefined;
    return bearer === undefined ? [] : [secret("API key", bearer.trim())];
  });
  return presented.length === 0 ? configured : unique([...configured, ...presented]);
}

/**
 * Adds to secrets what a request has where a secret should be, by the name of a header or a parameter. Nobody knows
 * whether it is one: it is taken out of what was said of the request, and counts for nothing.
 *
 * @param values What stands there, as it was sent.
 * @returns The longest first.
 */
export const withPresumed = (secrets: Secrets, values: readonly string[]): Secrets =>
  values.length === 0 ? secrets : unique([...secrets, ...values.map((value) => secret("API key", value.trim()))]);

const issuedForm = ({ spellings: [value = ""] }: Secret): string => value;

function unique(secrets: Secrets): Secrets {
  const found = new Map<string, Secret>();
  for (const one of secrets) {
    const value = issuedForm(one);
    if (value.length >= MIN_SECRET_LENGTH && !found.has(value)) found.set(value, one);
  }
  // The longest first: a secret that holds another is taken out whole.
  return [...found.values()].toSorted((a, b) => issuedForm(b).length - issuedForm(a).length);
}

function secret(kind: Secret["kind"], value: string): Secret {
  const encoded = encodeURIComponent(value.toWellFormed());
  const lower = encoded.replace(/%[0-9A-F]{2}/g, (triplet) => triplet.toLowerCase());
  // A canonical path keeps its slashes, and is encoded once more than what was sent.
  const inPath = encoded.replaceAll("%2F", "/");
  const twice = [encoded, inPath].map((text) => text.replaceAll("%", "%25"));
  const escaped = value.replaceAll("/", String.raw`\/`);
  return { kind, spellings: [...new Set([value, encoded, lower, inPath, ...twice, escaped])] };
}

/**
 * Looks for a secret in a text.
 *
 * @returns The first that stands in it, and what it is; `undefined` where there is none.
 */
export function findSecret(text: string, secrets: Secrets): Secret | undefined {
  for (const one of secrets) {
    for (const spelling of one.spellings) if (text.includes(spelling)) return one;
  }
  const [issued] = text.match(ISSUED_KEY) ?? [];
  if (issued !== undefined) return { kind: "API key", spellings: [issued] };
  const [minted] = text.match(ISSUED_SECRET) ?? [];
  if (minted === undefined) return undefined;
  return { kind: minted.startsWith(SECRET_PREFIX) ? "secret access key" : "session token", spellings: [minted] };
}

/**
 * Takes every secret out of a text that is known, or that has the form of an issued key.
 *
 * @returns The text; what stands in their places is the same for the same secret, however it was written.
 */
export function redactSecrets(text: string, secrets: Secrets): string {
  let redacted = text;
  for (const one of secrets) {
    for (const spelling of one.spellings) {
      if (redacted.includes(spelling)) redacted = redacted.replaceAll(spelling, hide(issuedForm(one)));
    }
  }
  return redacted.replace(ISSUED_KEY, hide).replace(ISSUED_SECRET, hide);
}

/**
 * Takes every secret out of a text that was cut: one may begin where it ends.
 *
 * @returns The text, with what stands for them in their places.
 */
export function redactCutText(text: string, secrets: Secrets): string {
  const cut = secrets
    .flatMap(({ spellings }) => spellings)
    .map((spelling) => beginningAtEnd(text, spelling))
    .reduce((longest, length) => Math.max(longest, length), 0);
  const redacted = redactSecrets(cut === 0 ? text : `${text.slice(0, -cut)}${hide(text.slice(-cut))}`, secrets);
  // A key that begins like an issued one, and of which too little is left to tell.
  let start = redacted.length;
  while (start > 0 && KEY_CHARACTER.test(redacted.charAt(start - 1))) start--;
  const at = redacted.slice(start).search(BEGINNING_OF_KEY);
  return at < 0 ? redacted : `${redacted.slice(0, start + at)}${hide(redacted.slice(start + at))}`;
}

/** What keys begin with, the issued ones too. */
const BEGINNING_OF_KEY = new RegExp(`${KEY_BEGINNING.source}|${SECRET_PREFIX}|${TOKEN_PREFIX}|${SIGN_IN_PREFIX}`);

const KEY_CHARACTER = /[A-Za-z0-9+/=_-]/;

/** How many characters at the end of a text are the beginning of a secret. */
function beginningAtEnd(text: string, spelling: string): number {
  const length = lengthOfOverlap(text, spelling);
  return length < MIN_BEGINNING ? 0 : length;
}

/** Fewer characters tell nothing. */
const MIN_BEGINNING = 4;

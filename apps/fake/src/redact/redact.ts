import {
  hide,
  isSecretName,
  mayBeginToken,
  redactBody as redactUnknownBody,
  redactForm,
  redactHeader,
  redactQuery,
  redactTarget as redactUnknownTarget,
  redactText as redactUnknownText,
  splitTarget,
} from "@claude-on-aws/endpoints";
import type { WireRequest } from "@claude-on-aws/auth/sigv4";
import { redactSecrets, type Secrets } from "./secrets.ts";

/**
 * Writes free text as it may leave the process: a message, a user agent, what a client calls itself.
 *
 * @returns Without the secrets that are known, and without words that may be one.
 */
export const redactText = (text: string, secrets: Secrets): string => redactUnknownText(redactSecrets(text, secrets));

/**
 * Writes a body as the journal shows it.
 *
 * @param text The body, or its beginning, without the secrets that are known.
 * @returns Without what stands under names that are not known to be harmless.
 */
export const redactBody = (text: string): string => redactUnknownBody(text);

/**
 * Writes headers as the journal shows them: the values of those that are known to be harmless, and of others their length
 * alone. A SigV4 signature stays: it proves possession of the secret and does not contain it.
 *
 * @returns In their order.
 */
export const redactHeaders = (headers: WireRequest["headers"], secrets: Secrets): (readonly [string, string])[] =>
  headers.map(([name, value]) => [redactText(name, secrets), redactHeader(name, redactSecrets(value, secrets))]);

/** Query parameters that hold a secret, or stand for one while they last; in lower case. */
export const SECRET_PARAMETERS: ReadonlySet<string> = new Set([
  "x-amz-security-token",
  "x-amz-signature",
  "x-api-key",
  "api_key",
  "api-key",
  "apikey",
  "access_token",
  "auth_token",
  "id_token",
  "refresh_token",
  "session_token",
  "aws_session_token",
  "aws_secret_access_key",
  "client_secret",
  "authorization",
  "auth",
  "password",
  "secret",
  "sig",
  "signature",
  "token",
  "key",
]);

const PARAMETER = /(?:^|&)([^=&]*)=([^&]*)/g;

/**
 * Lists what stands where a secret should be, by the names of headers and parameters.
 *
 * @returns The values, as they were sent; those of parameters decoded too.
 */
export function presumedSecrets({ target, headers }: Pick<WireRequest, "target" | "headers">): readonly string[] {
  const ofHeaders = headers.filter(([name]) => isSecretHeader(name.toLowerCase())).map(([, value]) => value);
  const { query } = splitTarget(target);
  const decoded = [...new URLSearchParams(query)].filter(([name]) => isSecretName(name)).map(([, value]) => value);
  const raw = [...query.matchAll(PARAMETER)]
    .filter(([, name = ""]) => isSecretName(name))
    .map(([, , value = ""]) => value);
  return [...ofHeaders, ...decoded, ...raw];
}

/** `Authorization` itself is not among them: what is secret in it is read from it. */
const isSecretHeader = (name: string): boolean =>
  name !== "authorization" && (isSecretName(name) || name === "set-cookie");

/**
 * Writes a target as the journal shows it.
 *
 * @returns Without the values of parameters that are not known to be harmless.
 */
export const redactTarget = (target: string, secrets: Secrets): string =>
  redactUnknownTarget(redactSecrets(target, secrets));

/** What the lines of a canonical request are, up to its headers. */
const LINES: readonly ((line: string) => string)[] = [redactUnknownText, redactUnknownTarget, redactQuery];

/**
 * Writes a canonical request as the journal shows it: line by line as the request itself.
 *
 * @returns Its lines, without secrets.
 */
export function redactCanonicalRequest(text: string, secrets: Secrets): string {
  const lines = redactSecrets(text, secrets).split("\n");
  const last = lines.length - 1;
  return lines
    .map((line, index) => {
      const redact = LINES[index];
      if (redact !== undefined) return redact(line);
      if (index === last) return redactForm("hash", line);
      const colon = line.indexOf(":", 1);
      return colon < 0 ? redactForm("names", line) : redactHeaderLine(line.slice(0, colon), line.slice(colon + 1));
    })
    .join("\n");
}

const redactHeaderLine = (name: string, value: string): string =>
  `${redactUnknownText(name)}:${redactHeader(name, value)}`;

/**
 * Writes what was signed in the end as the journal shows it: algorithm, time, scope and a hash.
 *
 * @returns Its lines, without secrets.
 */
export const redactStringToSign = (text: string, secrets: Secrets): string =>
  redactSecrets(text, secrets)
    .split("\n")
    .map((line) => redactForm("hash", line))
    .join("\n");

/** What parts words in a body. */
const BETWEEN_WORDS = /[\s"'`<>()[\]{},;|‹›]/;

/** Less of a word tells nothing. */
const MIN_CUT_LENGTH = 4;

/**
 * Writes the beginning of a body as the journal shows it: the word that the cut goes through may be the beginning of a
 * secret, and is too short to tell.
 *
 * @param text The beginning, without the secrets that are known.
 * @returns Without what stands under names that are not known to be harmless.
 */
export function redactCutBody(text: string): string {
  let start = text.length;
  while (start > 0 && !BETWEEN_WORDS.test(text[start - 1] as string)) start--;
  const word = text.slice(start);
  const isShown = word.length < MIN_CUT_LENGTH || !mayBeginToken(word);
  return redactBody(isShown ? text : text.slice(0, start) + hide(word));
}

/** A body that is not read, and of which nothing is known, may be long. */
const MAX_HIDDEN_BYTES = 65_536;

/**
 * Writes a body that nobody reads as it may be kept.
 *
 * @param body The body.
 * @returns What stands for its beginning, at most 64 KiB.
 */
export const hideBody = (body: Uint8Array): string =>
  hide(new TextDecoder().decode(body.subarray(0, MAX_HIDDEN_BYTES)));

import type { WireRequest } from "@claude-on-aws/auth/sigv4";
import { splitTarget } from "@claude-on-aws/endpoints";
import { REDACTED, redactSecrets, type Secrets } from "./secrets.ts";

/** Headers whose whole value is a secret, whatever their names say. */
const SECRET_HEADERS: ReadonlySet<string> = new Set(["cookie", "set-cookie"]);

/** Names that say so: `x-api-key`, and the headers in which other services and gateways take keys and tokens. */
const SECRET_NAME =
  /(?:^|-)(?:api|access|subscription|functions|secret|private)-?key$|(?:^|[-_])(?:token|secret|password|authorization)$/;

/** `Authorization` itself is not among them: its scheme is kept, and a signature as a whole. */
const isSecretHeader = (name: string): boolean =>
  SECRET_HEADERS.has(name) || (name !== "authorization" && SECRET_NAME.test(name));

/**
 * Writes the headers of a request as the journal keeps them. A SigV4 signature stays: it proves possession of the
 * secret and does not contain it.
 *
 * @returns In their order.
 */
export function redactHeaders(headers: WireRequest["headers"], secrets: Secrets): (readonly [string, string])[] {
  return headers.map(([name, value]) => [
    redactSecrets(name, secrets),
    redactSecrets(redactHeader(name.toLowerCase(), value), secrets),
  ]);
}

function redactHeader(name: string, value: string): string {
  if (isSecretHeader(name)) return REDACTED;
  if (name !== "authorization" || value.startsWith("AWS4-HMAC-SHA256 ")) return value;
  const scheme = /^[A-Za-z0-9-]{1,32} /.exec(value)?.[0] ?? "";
  return `${scheme}${REDACTED}`;
}

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

const SECRET_PARAMETER = new RegExp(`(^|[?&])((?:${[...SECRET_PARAMETERS].join("|")})=)[^&#]*`, "gi");

/**
 * Lists what stands where a secret should be, by the names of headers and parameters.
 *
 * @returns The values, as they were sent; those of parameters decoded too.
 */
export function presumedSecrets({ target, headers }: Pick<WireRequest, "target" | "headers">): readonly string[] {
  const ofHeaders = headers.filter(([name]) => isSecretHeader(name.toLowerCase())).map(([, value]) => value);
  const { query } = splitTarget(target);
  const isSecret = ([name]: readonly [string, string]): boolean => SECRET_PARAMETERS.has(name.toLowerCase());
  const decoded = [...new URLSearchParams(query)].filter(isSecret).map(([, value]) => value);
  const raw = [...query.matchAll(SECRET_PARAMETER)].map(([whole]) => whole.slice(whole.indexOf("=") + 1));
  return [...ofHeaders, ...decoded, ...raw];
}

/**
 * Writes a target as the journal keeps it.
 *
 * @returns Without the values of parameters that hold secrets.
 */
export const redactTarget = (target: string, secrets: Secrets): string =>
  redactSecrets(target.replace(SECRET_PARAMETER, `$1$2${REDACTED}`), secrets);

/**
 * Writes a canonical request as the journal keeps it: the values of secret headers stand in it too.
 *
 * @returns Its lines, without secrets.
 */
export function redactCanonicalRequest(text: string, secrets: Secrets): string {
  const lines = text.split("\n").map((line) => {
    const colon = line.indexOf(":");
    return colon > 0 && isSecretHeader(line.slice(0, colon)) ? `${line.slice(0, colon)}:${REDACTED}` : line;
  });
  return redactSecrets(lines.map((line) => line.replace(SECRET_PARAMETER, `$1$2${REDACTED}`)).join("\n"), secrets);
}

import type { WireRequest } from "@claude-on-aws/auth/sigv4";
import { REDACTED, redactSecrets, type Secrets } from "./secrets.ts";

/** Headers whose whole value is a secret. */
const SECRET_HEADERS: ReadonlySet<string> = new Set([
  "x-api-key",
  "x-amz-security-token",
  "proxy-authorization",
  "cookie",
  "set-cookie",
]);

/**
 * The headers of a request as the journal keeps them. A SigV4 signature stays:
 * it proves possession of the secret and does not contain it.
 */
export function redactHeaders(headers: WireRequest["headers"], secrets: Secrets): (readonly [string, string])[] {
  return headers.map(([name, value]) => [
    redactSecrets(name, secrets),
    redactSecrets(redactHeader(name.toLowerCase(), value), secrets),
  ]);
}

function redactHeader(name: string, value: string): string {
  if (SECRET_HEADERS.has(name)) return REDACTED;
  if (name !== "authorization" || value.startsWith("AWS4-HMAC-SHA256 ")) return value;
  const scheme = /^[A-Za-z0-9-]{1,32} /.exec(value)?.[0] ?? "";
  return `${scheme}${REDACTED}`;
}

/** Query parameters whose value is a secret, in lower case. */
const SECRET_PARAMETER =
  /(^|[?&])((?:x-amz-security-token|x-amz-signature|x-api-key|api_key|api-key|apikey|key|token|access_token)=)[^&#]*/gi;

/** A target as the journal keeps it. */
export const redactTarget = (target: string, secrets: Secrets): string =>
  redactSecrets(target.replace(SECRET_PARAMETER, `$1$2${REDACTED}`), secrets);

/** A canonical request as the journal keeps it: the values of secret headers stand in it too. */
export function redactCanonicalRequest(text: string, secrets: Secrets): string {
  const lines = text.split("\n").map((line) => {
    const colon = line.indexOf(":");
    return colon > 0 && SECRET_HEADERS.has(line.slice(0, colon)) ? `${line.slice(0, colon)}:${REDACTED}` : line;
  });
  return redactSecrets(lines.map((line) => line.replace(SECRET_PARAMETER, `$1$2${REDACTED}`)).join("\n"), secrets);
}

import type { WireRequest } from "@claude-on-aws/auth/sigv4";

/** Headers whose whole value is a secret. */
const SECRET_HEADERS: ReadonlySet<string> = new Set([
  "x-api-key",
  "x-amz-security-token",
  "proxy-authorization",
  "cookie",
  "set-cookie",
]);

/** What stands where a secret stood. */
export const REDACTED = "[redacted]";

/**
 * The headers of a request as the journal keeps them. A SigV4 signature stays:
 * it proves possession of the secret and does not contain it.
 */
export function redactHeaders(headers: WireRequest["headers"]): (readonly [string, string])[] {
  return headers.map(([name, value]) => [name, redactHeader(name.toLowerCase(), value)]);
}

function redactHeader(name: string, value: string): string {
  if (SECRET_HEADERS.has(name)) return REDACTED;
  if (name !== "authorization" || value.startsWith("AWS4-HMAC-SHA256 ")) return value;
  const scheme = /^[A-Za-z0-9-]+ /.exec(value)?.[0] ?? "";
  return `${scheme}${REDACTED}`;
}

/** Query parameters whose value is a secret, in lower case. */
const SECRET_PARAMETER =
  /(^|[?&])((?:x-amz-security-token|x-amz-signature|x-api-key|api_key|key|token|access_token)=)[^&#]*/gi;

/** A target as the journal keeps it. */
export const redactTarget = (target: string): string => target.replace(SECRET_PARAMETER, `$1$2${REDACTED}`);

/** A canonical request as the journal keeps it: the values of secret headers stand in it too. */
export function redactCanonicalRequest(text: string): string {
  return text
    .split("\n")
    .map((line) => {
      const colon = line.indexOf(":");
      const name = line.slice(0, colon);
      return colon > 0 && SECRET_HEADERS.has(name) ? `${name}:${REDACTED}` : line;
    })
    .join("\n");
}

import { parseObject } from "../../text/parse-object.ts";

/** What is read of a web identity token. */
export interface WebIdentityToken {
  /** When it ends. */
  readonly expiration: Date;
  readonly subject?: string;
  readonly issuer?: string;
  readonly audience?: string;
}

/**
 * Reads the claims of a JSON Web Token. Its signature is not verified: the fake
 * knows no identity provider.
 *
 * @returns The claims; where the token cannot be used, why, in the words of STS.
 * @see {@link https://www.rfc-editor.org/rfc/rfc7519#section-4.1 | RFC 7519, registered claims}
 */
export function parseWebIdentityToken(token: string): WebIdentityToken | string {
  const parts = token.trim().split(".", 4);
  const claims = parts.length === 3 ? parseClaims(parts[1] ?? "") : undefined;
  if (claims === undefined) return NOT_A_TOKEN;
  const { exp, sub, iss, aud } = claims;
  if (typeof exp !== "number" || !(Math.abs(exp) <= MAX_SECONDS)) return "Missing a required claim: exp";
  const audience: unknown = Array.isArray(aud) ? aud[0] : aud;
  return {
    expiration: new Date(exp * 1000),
    ...(typeof sub === "string" ? { subject: sub } : {}),
    ...(typeof iss === "string" ? { issuer: iss } : {}),
    ...(typeof audience === "string" ? { audience } : {}),
  };
}

const NOT_A_TOKEN = "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)";

/** The last time that a `Date` can hold. */
const MAX_SECONDS = 8_640_000_000_000;

function parseClaims(part: string): Readonly<Record<string, unknown>> | undefined {
  if (!/^[\w-]+$/.test(part)) return undefined;
  try {
    const bytes = Uint8Array.from(atob(part.replaceAll("-", "+").replaceAll("_", "/")), (letter) =>
      letter.charCodeAt(0),
    );
    return parseObject(bytes);
  } catch {
    return undefined;
  }
}

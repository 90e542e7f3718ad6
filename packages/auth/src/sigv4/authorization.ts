import { AuthError } from "../errors.ts";
import { type CredentialScope, formatCredentialScope } from "./credential-scope.ts";
import { ALGORITHM } from "./string-to-sign.ts";

/** The parts of an `Authorization` header of SigV4. */
export interface SigV4Authorization {
  readonly accessKeyId: string;
  readonly scope: CredentialScope;
  /** What the scope ends with: `aws4_request` where it is right. */
  readonly terminator: string;
  /** Names as they are listed. */
  readonly signedHeaders: readonly string[];
  /** The signature as it is given: 64 hexadecimal digits where it is right. */
  readonly signature: string;
}

const PARAMETERS = ["Credential", "Signature", "SignedHeaders"] as const;

/**
 * Reads the `Authorization` header of a signed request.
 *
 * @example Usage
 * ```ts
 * import { parseAuthorization } from "@claude-on-aws/auth/sigv4";
 * import { equal } from "node:assert/strict";
 *
 * const { scope } = parseAuthorization(
 *   "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261121/us-east-1/bedrock/aws4_request, SignedHeaders=host, Signature=00",
 * );
 * equal(scope.service, "bedrock");
 * ```
 *
 * @param value The header's value.
 * @throws {AuthError} `AUTHORIZATION_MALFORMED` where a parameter is missing (`missing` names which),
 * `CREDENTIAL_MALFORMED` where the credential has not five parts.
 * @see {@link https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-authentication-methods.html | Authentication methods}
 */
export function parseAuthorization(value: string): SigV4Authorization {
  const parameters = parseParameters(value);
  const missing = PARAMETERS.filter((name) => !parameters.get(name));
  if (missing.length > 0) {
    throw new AuthError(
      "AUTHORIZATION_MALFORMED",
      `Cannot read Authorization header: expected "${ALGORITHM} Credential=…, SignedHeaders=…, Signature=…", found no ${missing.join(", no ")}`,
      { missing },
    );
  }
  const credential = (parameters.get("Credential") ?? "").split("/");
  if (credential.length < 5) {
    throw new AuthError(
      "CREDENTIAL_MALFORMED",
      `Cannot read Authorization header: expected a credential of 5 parts, ID/DATE/REGION/SERVICE/aws4_request, found ${credential.length}`,
    );
  }
  // Counted from the end: an access key ID of a stand-in may hold a slash.
  const [date = "", region = "", service = "", terminator = ""] = credential.slice(-4);
  return {
    accessKeyId: credential.slice(0, -4).join("/"),
    scope: { date, region, service },
    terminator,
    signedHeaders: (parameters.get("SignedHeaders") ?? "").split(";"),
    signature: parameters.get("Signature") ?? "",
  };
}

/** Writes the `Authorization` header. */
export function formatAuthorization({ accessKeyId, scope, signedHeaders, signature }: SigV4Authorization): string {
  const credential = `${accessKeyId}/${formatCredentialScope(scope)}`;
  return `${ALGORITHM} Credential=${credential}, SignedHeaders=${signedHeaders.join(";")}, Signature=${signature}`;
}

function parseParameters(value: string): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>();
  if (!value.startsWith(`${ALGORITHM} `)) return parameters;
  for (const parameter of value.slice(ALGORITHM.length).split(",")) {
    const equals = parameter.indexOf("=");
    if (equals > 0) parameters.set(parameter.slice(0, equals).trim(), parameter.slice(equals + 1).trim());
  }
  return parameters;
}

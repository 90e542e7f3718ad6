import { AuthError } from "../errors.ts";
import { createBoundedCache } from "./bounded-cache.ts";
import { type CredentialScope, formatCredentialScope } from "./credential-scope.ts";
import { ALGORITHM } from "./digest.ts";

/** The parts of an `Authorization` header of SigV4. */
export interface SigV4Authorization {
  readonly accessKeyId: string;
  readonly scope: CredentialScope;
  /** What the scope ends with: `aws4_request` if it is right. */
  readonly terminator: string;
  /** Names as they are listed. */
  readonly signedHeaders: readonly string[];
  /** The signature as it is given: 64 hexadecimal digits if it is right. */
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
 * @returns Its parts.
 * @throws {AuthError} `AUTHORIZATION_MALFORMED` if a parameter is missing (`missing` names which);
 * `CREDENTIAL_MALFORMED` if the credential has fewer than five parts.
 * @see {@link https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-authentication-methods.html | Authentication methods}
 */
export function parseAuthorization(value: string): SigV4Authorization {
  return readAuthorization(value).authorization;
}

/** An `Authorization` header, and what it says without its request. */
export interface ReadAuthorization {
  readonly authorization: SigV4Authorization;
  /** `SignedHeaders` as it is written. */
  readonly listText: string;
  /** Whether the names are in lower case, sorted, each once. */
  readonly isCanonicalList: boolean;
  /** The scope as it is in the string to sign. */
  readonly scopeText: string;
}

/**
 * Reads the `Authorization` header of a signed request. What comes before the signature is the same in every request of
 * a client's day, and is remembered.
 *
 * @param value The header's value.
 * @returns Its parts, and what follows from them.
 * @throws {AuthError} `AUTHORIZATION_MALFORMED` or `CREDENTIAL_MALFORMED`, as {@link parseAuthorization}.
 */
export function readAuthorization(value: string): ReadAuthorization {
  const at = value.length - SIGNATURE_LENGTH;
  const signature = value.slice(at);
  if (at > 0 && HEXADECIMAL.test(signature)) {
    const known = usualHeads.get(value.slice(0, at));
    if (known !== NOT_USUAL) {
      const { accessKeyId, scope, terminator, signedHeaders } = known;
      return {
        authorization: { accessKeyId, scope, terminator, signedHeaders, signature },
        listText: known.listText,
        isCanonicalList: known.isCanonicalList,
        scopeText: known.scopeText,
      };
    }
  }
  const authorization = parseUnusual(value);
  return { authorization, ...readList(authorization) };
}

const SIGNATURE_LENGTH = 64;
const HEXADECIMAL = /^[0-9a-f]{64}$/;
const NOT_USUAL: unique symbol = Symbol("not usual");

type Head = Omit<SigV4Authorization, "signature"> & Omit<ReadAuthorization, "authorization">;

const usualHeads = /* @__PURE__ */ createBoundedCache((head: string): Head | typeof NOT_USUAL => {
  const [, credential, names] = USUAL_HEAD.exec(head) ?? [];
  if (credential === undefined || names === undefined) return NOT_USUAL;
  const authorization = { ...parseCredential(credential), signedHeaders: Object.freeze(names.split(";")) };
  return { ...authorization, ...readList(authorization) };
});

function readList({
  scope,
  signedHeaders,
}: Omit<SigV4Authorization, "signature">): Omit<ReadAuthorization, "authorization"> {
  return {
    listText: signedHeaders.join(";"),
    isCanonicalList: isCanonicalList(signedHeaders),
    scopeText: formatCredentialScope(scope),
  };
}

function isCanonicalList(names: readonly string[]): boolean {
  let last = "";
  for (const name of names) {
    if (name <= last || name !== name.toLowerCase()) return false;
    last = name;
  }
  return true;
}

function parseUnusual(value: string): SigV4Authorization {
  const parameters = parseParameters(value);
  const missing = PARAMETERS.filter((name) => !parameters.get(name));
  if (missing.length > 0) {
    throw new AuthError(
      "AUTHORIZATION_MALFORMED",
      `Cannot read Authorization header: expected "${ALGORITHM} Credential=…, SignedHeaders=…, Signature=…", found no ${missing.join(", no ")}`,
      { missing },
    );
  }
  return {
    ...parseCredential(parameters.get("Credential") ?? ""),
    signedHeaders: (parameters.get("SignedHeaders") ?? "").split(";"),
    signature: parameters.get("Signature") ?? "",
  };
}

/** What nearly every client writes. */
const USUAL_HEAD = /^AWS4-HMAC-SHA256 Credential=([^,\s=]+), SignedHeaders=([^,\s=]+), Signature=$/;

function parseCredential(text: string): Pick<SigV4Authorization, "accessKeyId" | "scope" | "terminator"> {
  const credential = text.split("/");
  if (credential.length < 5) {
    throw new AuthError(
      "CREDENTIAL_MALFORMED",
      `Cannot read Authorization header: expected a credential of 5 parts, ID/DATE/REGION/SERVICE/aws4_request, found ${credential.length}`,
    );
  }
  // Counted from the end: the access key ID of a stand-in may hold a slash.
  const [date = "", region = "", service = "", terminator = ""] = credential.slice(-4);
  return { accessKeyId: credential.slice(0, -4).join("/"), scope: { date, region, service }, terminator };
}

/**
 * Writes the `Authorization` header.
 *
 * @example Usage
 * ```ts
 * import { formatAuthorization, parseAuthorization } from "@claude-on-aws/auth/sigv4";
 * import { equal } from "node:assert/strict";
 *
 * const header =
 *   "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261121/us-east-1/bedrock/aws4_request, SignedHeaders=host, Signature=00";
 * equal(formatAuthorization(parseAuthorization(header)), header);
 * ```
 *
 * @param authorization The parts.
 * @returns The header's value.
 */
export function formatAuthorization({ accessKeyId, scope, signedHeaders, signature }: SigV4Authorization): string {
  const credential = `${accessKeyId}/${formatCredentialScope(scope)}`;
  return joinAuthorization(credential, signedHeaders.join(";"), signature);
}

/**
 * Joins the `Authorization` header of parts that are written already.
 *
 * @param credential Access key ID and credential scope, joined by a slash.
 * @param signedHeaders The names, joined by semicolons.
 * @param signature The signature in lower-case hexadecimal.
 * @returns The header's value.
 */
export function joinAuthorization(credential: string, signedHeaders: string, signature: string): string {
  return `${ALGORITHM} Credential=${credential}, SignedHeaders=${signedHeaders}, Signature=${signature}`;
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

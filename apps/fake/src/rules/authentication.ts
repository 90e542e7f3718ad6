import { rowsOf } from "./rows-of.ts";
import type { JudgedExchange } from "./judged-exchange.ts";
import type { BreakingCode, Rule, RuleOfCheck, RuleRow, RuleVerdict } from "./rule.ts";
import type { RuleId } from "./rule-id.ts";
import { SOURCES } from "./sources.ts";

const isSigned = ({ provider, kind, evidence }: JudgedExchange): boolean =>
  kind === "sigv4" || kind === "sigv4-query" || (provider === "bedrock" && evidence.authentication.beginsAsSignature);

const hasKey = ({ evidence }: JudgedExchange): boolean => evidence.authentication.key !== undefined;

const write = rowsOf("authentication");
const row = (id: RuleId, what: string, fix: string, source: string): RuleRow => write(id, "fail", what, fix, source);

/** A rule about the signature; AWS refuses whatever breaks it. */
const signature = (
  id: RuleId,
  brokenBy: readonly BreakingCode[],
  what: string,
  fix: string,
  source: string = SOURCES.signatureTroubleshooting,
): RuleOfCheck => ({ ...row(id, what, fix, source), check: "authentication", brokenBy, appliesTo: isSigned });

/** A wrong signature whose cause was found breaks the rule about the cause, not this one too. */
function judgeSignature(exchange: JudgedExchange): RuleVerdict {
  const result = exchange.evidence.checks.find(({ check }) => check === "authentication");
  if (result === undefined || !isSigned(exchange)) return "not-applicable";
  if (result.fault === undefined) return "pass";
  const { diagnosis = [] } = exchange.evidence;
  const isExplained = diagnosis.length > 0 && diagnosis.every(({ code }) => code !== "UNKNOWN");
  if (result.fault.details?.code !== "SIGNATURE_MISMATCH" || isExplained) return "not-applicable";
  return { message: result.fault.message.split("\n\n", 1)[0] ?? "" };
}

/** Who sends a request, and how it proves it. */
export const AUTHENTICATION_RULES: readonly Rule[] = [
  {
    ...row(
      "authentication-present",
      "The request says who sends it: by a signature or by an API key.",
      "Give the client credentials, and see that no proxy or redirect drops the Authorization header.",
      SOURCES.claudePlatform,
    ),
    check: "authentication",
    brokenBy: ["authentication-missing", "AUTHORIZATION_MISSING"],
  },
  {
    ...row(
      "authentication-once",
      "The request carries Authorization or x-api-key, never both.",
      "Send one of them: unset the key where requests are signed, or the credentials where a key is used.",
      "https://github.com/ding113/claude-code-hub/pull/1197",
    ),
    check: "authentication",
    brokenBy: ["authentication-twice"],
    appliesTo: ({ provider }) => provider !== "bedrock",
  },
  {
    ...row(
      "authorization-once",
      "The Authorization header is sent once.",
      "Set it once; names that differ only in case are the same header.",
      SOURCES.signatureTroubleshooting,
    ),
    needsWire: true,
    judge: ({ headers }) => {
      const count = headers.get("authorization")?.length ?? 0;
      if (count < 2) return count === 1 ? "pass" : "not-applicable";
      return { message: `Expected one Authorization header, found ${count}.` };
    },
  },
  {
    ...row(
      "authorization-scheme",
      "Authorization is of the scheme AWS4-HMAC-SHA256 or Bearer.",
      "Sign with Signature Version 4 (not 2, not 4a), or send an API key as Bearer.",
      SOURCES.signedRequest,
    ),
    judge: ({ headers, evidence }) => {
      if (!headers.has("authorization")) return "not-applicable";
      const { scheme } = evidence.authentication;
      if (scheme === "AWS4-HMAC-SHA256" || scheme?.toLowerCase() === "bearer") return "pass";
      const found = scheme === undefined ? "no scheme" : `"${scheme}"`;
      return { message: `Expected AWS4-HMAC-SHA256 or Bearer, found ${found}.` };
    },
  },
  {
    ...signature(
      "sigv4-authorization-form",
      ["AUTHORIZATION_MALFORMED", "CREDENTIAL_MALFORMED", "SIGNATURE_REDACTED", "SIGNATURE_IN_QUERY"],
      "A signature's Authorization has Credential, SignedHeaders and Signature, and a credential of five parts.",
      'Write "AWS4-HMAC-SHA256 Credential=ID/DATE/REGION/SERVICE/aws4_request, SignedHeaders=…, Signature=…".',
    ),
    appliesTo: ({ kind, provider }) =>
      kind === "sigv4" || kind === "sigv4-query" || kind === "other" || (kind === "both" && provider === "bedrock"),
  },
  signature(
    "sigv4-date-present",
    ["DATE_MISSING"],
    "A signed request carries x-amz-date, or Date.",
    "Send x-amz-date, and sign it.",
    SOURCES.signedRequest,
  ),
  signature(
    "sigv4-date-form",
    ["DATE_MALFORMED"],
    "The date of a signed request is written YYYYMMDDTHHMMSSZ, in UTC.",
    "Write x-amz-date in the basic format of ISO 8601, without separators.",
    SOURCES.signedRequest,
  ),
  signature(
    "sigv4-scope-terminator",
    ["SCOPE_TERMINATOR"],
    "The credential scope ends with aws4_request.",
    "End the scope, and the derivation of the signing key, with aws4_request.",
  ),
  signature(
    "sigv4-service-in-scope",
    ["WRONG_SERVICE"],
    "The scope names the service that is called: aws-external-anthropic, bedrock or bedrock-mantle.",
    "Sign for aws-external-anthropic (Claude Platform on AWS), bedrock (Amazon Bedrock) or bedrock-mantle (its Messages endpoint).",
  ),
  signature(
    "sigv4-region-in-scope",
    ["WRONG_REGION"],
    "The scope names the region of the endpoint.",
    "Sign for the region that is in the host name.",
    SOURCES.claudePlatform,
  ),
  signature(
    "sigv4-scope-date",
    ["DATE_NOT_IN_SCOPE"],
    "The day in the scope is that of the request's date.",
    "Take both from one time, in UTC.",
  ),
  signature(
    "sigv4-clock",
    ["CLOCK_SKEW", "EXPIRES_INVALID", "PRESIGNED_EXPIRED"],
    "The time of signing is within five minutes of the service's clock.",
    "Set the clock of the machine that signs, and sign again at every attempt.",
  ),
  signature(
    "sigv4-host-signed",
    ["HOST_NOT_SIGNED"],
    "The host is signed: host, or :authority on HTTP/2.",
    "Add host to the signed headers.",
  ),
  signature(
    "sigv4-signed-headers-canonical",
    ["SIGNED_HEADERS_UNSORTED"],
    "SignedHeaders lists lower-case names, sorted, each once.",
    "Lower-case the names, sort them by byte value, and list each once.",
    SOURCES.signedRequest,
  ),
  signature(
    "sigv4-signed-headers-sent",
    ["SIGNED_HEADER_MISSING"],
    "Every header that is listed in SignedHeaders is sent.",
    "See that no proxy drops it, or leave it out of the signature.",
  ),
  signature(
    "sigv4-session-token-signed",
    ["SESSION_TOKEN_NOT_SIGNED"],
    "A session token that is sent is signed.",
    "Add x-amz-security-token before signing, not after.",
    SOURCES.signedRequest,
  ),
  signature(
    "sigv4-access-key-known",
    ["ACCESS_KEY_UNKNOWN"],
    "The access key ID belongs to an account.",
    "Use the access key that the fake was started with, or start it with the one of the client.",
    SOURCES.bedrockErrors,
  ),
  signature(
    "sigv4-session-token-sent",
    ["SESSION_TOKEN_MISSING"],
    "Temporary credentials are used with their session token.",
    "Send the token as x-amz-security-token, and sign that header.",
    SOURCES.signedRequest,
  ),
  signature(
    "sigv4-session-token-fits",
    ["SESSION_TOKEN_INVALID"],
    "The session token is the one that was issued with the access key.",
    "Take access key, secret and token from the same place; long-lived keys have no token.",
    SOURCES.bedrockErrors,
  ),
  signature(
    "sigv4-credentials-current",
    ["CREDENTIALS_EXPIRED"],
    "Temporary credentials are renewed before they end.",
    "Get fresh credentials before signing; a client should ask its provider again five minutes before the end.",
    SOURCES.anthropicErrors,
  ),
  signature(
    "sigv4-body-signed",
    ["BODY_UNSIGNED"],
    "The body is signed; UNSIGNED-PAYLOAD is for multipart uploads alone.",
    "Sign the SHA-256 of the body.",
    "@anthropic-ai/aws-sdk 1.1.2 leaves out only the body of POST /v1/files",
  ),
  signature(
    "sigv4-path-encoded-twice",
    [
      "PATH_ENCODED_ONCE",
      "PATH_ENCODED_THRICE",
      "PATH_RECODED",
      "PATH_SIGNED_DECODED",
      "PATH_PREFIX_ADDED",
      "PATH_PREFIX_REMOVED",
    ],
    "The canonical path is the path on the wire, each segment percent-encoded once more.",
    "Percent-encode each segment of the wire path exactly once more for the signature; only Amazon S3 does without.",
    SOURCES.signedRequest,
  ),
  signature(
    "sigv4-path-normalized",
    ["PATH_NOT_NORMALIZED"],
    "The canonical path has no empty and no dot segments.",
    "Remove empty and dot segments before signing; a trailing slash on the base URL often is the cause.",
    SOURCES.signedRequest,
  ),
  signature(
    "sigv4-query-canonical",
    ["QUERY_NOT_SORTED", "QUERY_PLUS_FOR_SPACE", "QUERY_DROPPED"],
    "The canonical query is the whole query, sorted, spaces as %20.",
    "Sort the encoded parameters by name, then by value, after everything that adds to the query.",
    SOURCES.signedRequest,
  ),
  signature(
    "sigv4-host-as-sent",
    ["HOST_WITHOUT_PORT", "HOST_REWRITTEN"],
    "The host is signed exactly as it is sent, with its port.",
    "Sign the Host header as it is sent, and let a proxy keep it.",
    SOURCES.signedRequest,
  ),
  signature(
    "sigv4-headers-as-sent",
    [
      "HEADER_APPENDED",
      "HEADER_REDACTED",
      "HEADER_REWRITTEN",
      "HEADER_LOST",
      "HEADER_DUPLICATED",
      "HEADER_WHITESPACE_KEPT",
    ],
    "Signed headers arrive as they were signed, and are trimmed in the canonical request.",
    "Sign last, after every change to the headers, and leave out of the signature what a proxy rewrites.",
    "https://github.com/BerriAI/litellm/issues/28256",
  ),
  signature(
    "sigv4-body-as-sent",
    ["BODY_CHANGED", "BODY_HASH_OF_EMPTY", "BODY_NOT_RECORDED"],
    "The hash that is signed is that of the body that is sent.",
    "Hash the exact bytes that are sent, after the last change; look for a proxy that rewrites JSON.",
    SOURCES.signedRequest,
  ),
  signature(
    "sigv4-method-as-sent",
    ["METHOD_CHANGED"],
    "The method that is signed is the one that is sent, in upper case.",
    "Look for a redirect that turns POST into GET.",
    SOURCES.signedRequest,
  ),
  signature(
    "sigv4-secret-as-issued",
    ["SECRET_WHITESPACE", "SECRET_URL_ENCODED", "SECRET_OF_OTHER_KEY"],
    "The secret access key is used as it was issued with the access key ID.",
    "Trim it where it is read, do not encode it, and take it from the same place as the ID.",
  ),
  {
    ...row(
      "sigv4-signature-matches",
      "The signature is the one that the service computes.",
      "Check the secret access key first; then compare the canonical request that was expected with the client's.",
      SOURCES.signatureTroubleshooting,
    ),
    judge: judgeSignature,
  },
  {
    ...row(
      "api-key-form",
      "An API key is sent as it was issued: visible ASCII, nothing around it, once.",
      "Trim the key where it is read, and set its header once.",
      SOURCES.claudePlatformKeys,
    ),
    judge: (exchange) => {
      const { key } = exchange.evidence.authentication;
      if (key === undefined) return "not-applicable";
      const values = exchange.headers.get(key.header) ?? [];
      if (values.length > 1) return { message: `Expected one ${key.header} header, found ${values.length}.` };
      if (key.form === "key") return "pass";
      return {
        message: key.form === "empty" ? "The key is empty." : "The key holds space or characters that are not ASCII.",
      };
    },
  },
  {
    ...row(
      "api-key-right-family",
      "The API key is of a family that the service takes, in a header in which it takes it.",
      "Send a workspace API key (AEAA…, aws-external-anthropic-api-key-…) to Claude Platform on AWS, a Bedrock API key (ABSK…, bedrock-api-key-…) to Amazon Bedrock.",
      SOURCES.claudePlatformKeys,
    ),
    check: "authentication",
    brokenBy: ["api-key-malformed"],
    appliesTo: hasKey,
  },
  {
    ...row(
      "api-key-known",
      "The API key was issued, and not withdrawn.",
      "Use the key that the fake was started with, or start it with the one of the client.",
      SOURCES.anthropicErrors,
    ),
    check: "authentication",
    brokenBy: ["api-key-unknown"],
    appliesTo: hasKey,
  },
  {
    ...row(
      "api-key-current",
      "A short-term API key is replaced before it ends, and together with the credentials that made it.",
      "Make a fresh key: it is good for twelve hours at most, and not longer than the session that made it.",
      SOURCES.bedrockKeys,
    ),
    check: "authentication",
    brokenBy: ["api-key-expired"],
    appliesTo: hasKey,
  },
  {
    ...row(
      "api-key-right-header",
      "An API key of Amazon Bedrock is sent as Authorization: Bearer.",
      "Send it as Authorization: Bearer; bedrock-runtime does not know x-api-key.",
      SOURCES.bedrockKeys,
    ),
    judge: (exchange) => {
      const { provider, headers, operation, evidence } = exchange;
      const { key } = evidence.authentication;
      // The runtime's Messages API takes a key in either header.
      if (provider !== "bedrock" || operation === "CreateMessage" || key === undefined) return "not-applicable";
      if (headers.has("authorization")) return "pass";
      return { message: `Found a key (family: ${key.family}) in x-api-key, and no Authorization.` };
    },
  },
];

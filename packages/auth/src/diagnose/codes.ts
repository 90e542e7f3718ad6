import type { RefusalCode } from "../sigv4/verify-request.ts";

/** A mistake that can be named. */
export type DiagnosisCode =
  | Exclude<RefusalCode, "SIGNATURE_MISMATCH">
  | "PATH_ENCODED_ONCE"
  | "PATH_ENCODED_THRICE"
  | "PATH_NOT_NORMALIZED"
  | "PATH_PREFIX_ADDED"
  | "PATH_PREFIX_REMOVED"
  | "PATH_RECODED"
  | "PATH_SIGNED_DECODED"
  | "QUERY_NOT_SORTED"
  | "QUERY_PLUS_FOR_SPACE"
  | "QUERY_DROPPED"
  | "HOST_WITHOUT_PORT"
  | "HOST_REWRITTEN"
  | "HEADER_APPENDED"
  | "HEADER_REDACTED"
  | "HEADER_REWRITTEN"
  | "HEADER_LOST"
  | "HEADER_DUPLICATED"
  | "HEADER_WHITESPACE_KEPT"
  | "BODY_CHANGED"
  | "BODY_HASH_OF_EMPTY"
  | "BODY_NOT_RECORDED"
  | "METHOD_CHANGED"
  | "SECRET_WHITESPACE"
  | "SECRET_URL_ENCODED"
  | "SECRET_OF_OTHER_KEY"
  | "EXPIRES_INVALID"
  | "PRESIGNED_EXPIRED"
  | "SIGNATURE_IN_QUERY"
  | "SIGNATURE_REDACTED"
  | "UNKNOWN";

/** What is known about one mistake. */
export interface DiagnosisRow {
  /** What must be there for the mistake to be told from others. */
  readonly evidence: string;
  /** What happened, in plain words. */
  readonly message: string;
  /** What to do about it. */
  readonly fix: string;
}

/** Every code of a diagnosis: what it needs as evidence, what happened, and the way out. */
export const DIAGNOSIS_TABLE: Readonly<Record<DiagnosisCode, DiagnosisRow>> = {
  AUTHORIZATION_MISSING: {
    evidence: "the headers",
    message: "The request has no Authorization header.",
    fix: "Sign the request, and see that no proxy or redirect drops the header.",
  },
  AUTHORIZATION_MALFORMED: {
    evidence: "the Authorization header",
    message: "The Authorization header cannot be read as one of Signature Version 4.",
    fix: 'Send it once, as "AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…".',
  },
  CREDENTIAL_MALFORMED: {
    evidence: "the Authorization header",
    message: "The credential in the Authorization header has too few parts.",
    fix: "Write it as ID/DATE/REGION/SERVICE/aws4_request.",
  },
  DATE_MISSING: {
    evidence: "the headers",
    message: "The request has neither an x-amz-date nor a date header.",
    fix: "Send x-amz-date, and sign it.",
  },
  DATE_MALFORMED: {
    evidence: "the date header",
    message: "The date of the request cannot be read.",
    fix: "Write x-amz-date as YYYYMMDDTHHMMSSZ, in UTC.",
  },
  SCOPE_TERMINATOR: {
    evidence: "the Authorization header",
    message: "The credential scope does not end with aws4_request.",
    fix: "End the scope, and the derivation of the signing key, with aws4_request.",
  },
  HOST_NOT_SIGNED: {
    evidence: "the Authorization header",
    message: "The host is not among the signed headers.",
    fix: "Sign host (or, on HTTP/2, :authority).",
  },
  ACCESS_KEY_UNKNOWN: {
    evidence: "the credentials that the verifier knows",
    message: "The access key ID belongs to no credentials that are known here.",
    fix: "Use the access key ID that belongs to the secret, or make the pair known here: --credentials of the command line, credentials in code.",
  },
  SESSION_TOKEN_INVALID: {
    evidence: "the session token of the access key",
    message: "The session token is not the one that belongs to the access key.",
    fix: "Send the token that was issued with the access key; long-lived keys have none.",
  },
  CREDENTIALS_EXPIRED: {
    evidence: "the expiry of the credentials",
    message: "The temporary credentials have ended.",
    fix: "Get fresh credentials before signing.",
  },
  WRONG_SERVICE: {
    evidence: "the service that the host or the verifier names, or the signature",
    message: "The request is signed for another service.",
    fix: "Sign for aws-external-anthropic (Claude Platform on AWS), bedrock (Amazon Bedrock) or bedrock-mantle (its Messages endpoint).",
  },
  WRONG_REGION: {
    evidence: "the region that the host or the verifier names, or the signature",
    message: "The request is signed for another region.",
    fix: "Sign for the region that is in the host name.",
  },
  CLOCK_SKEW: {
    evidence: "the verifier's clock",
    message: "The time of signing is too far from the verifier's clock.",
    fix: "Set the clock of the machine that signs, and sign anew at every retry.",
  },
  DATE_NOT_IN_SCOPE: {
    evidence: "the date header",
    message: "The day in the credential scope is not the day of the request's date.",
    fix: "Take both from one time, in UTC.",
  },
  SIGNED_HEADERS_UNSORTED: {
    evidence: "the Authorization header",
    message: "The names in SignedHeaders are not in lower case, sorted, each once.",
    fix: "Lower-case the names, sort them by byte value, and list each once.",
  },
  SIGNED_HEADER_MISSING: {
    evidence: "the Authorization header",
    message: "A header that is signed was not received.",
    fix: "See that no proxy drops it, or leave it out of the signature.",
  },
  SESSION_TOKEN_MISSING: {
    evidence: "credentials of which the verifier knows that they have a token",
    message: "The credentials are temporary, and their session token was not sent.",
    fix: "Send the token as x-amz-security-token, and sign that header.",
  },
  SESSION_TOKEN_NOT_SIGNED: {
    evidence: "the headers",
    message: "The session token was sent but not signed.",
    fix: "Add x-amz-security-token before signing, not after.",
  },
  BODY_UNSIGNED: {
    evidence: "the header x-amz-content-sha256, or the signature",
    message: "The body is left out of the signature (UNSIGNED-PAYLOAD) where it must be signed.",
    fix: "Sign the SHA-256 of the body.",
  },
  PATH_ENCODED_ONCE: {
    evidence: "a path with a character that percent-encoding changes, such as : or %",
    message: "The path was signed as it stands on the wire, or was percent-encoded once more on the way.",
    fix: "Percent-encode each segment of the wire path once more for the signature; only Amazon S3 does without.",
  },
  PATH_ENCODED_THRICE: {
    evidence: "a path with a character that percent-encoding changes, such as : or %",
    message: "The path was percent-encoded twice more than on the wire, or was decoded once on the way.",
    fix: "Percent-encode each segment of the wire path exactly once more for the signature, and see that no proxy decodes it.",
  },
  PATH_NOT_NORMALIZED: {
    evidence: "a path with an empty segment, . or ..",
    message: "The path was signed with its empty or dot segments.",
    fix: "Remove empty and dot segments before signing; a trailing slash on the base URL often is the cause.",
  },
  PATH_PREFIX_ADDED: {
    evidence: "the first segments of the path",
    message: "The path was signed without the prefix under which it was received.",
    fix: "Sign behind the proxy that adds the prefix, with the path that the service receives.",
  },
  PATH_PREFIX_REMOVED: {
    evidence: "a prefix that gateways usually have, that a header hands on, or that the caller names",
    message: "The path was signed with a prefix that was taken off on the way.",
    fix: "Sign behind the proxy that takes it off, with the path and the host that the service receives; a proxy in front of AWS has to sign anew.",
  },
  PATH_RECODED: {
    evidence: "a path with a percent-encoded or a reserved character, such as the slash of an ARN",
    message: "The percent-encoding of the path was changed after signing.",
    fix: "See that no proxy decodes or rewrites the path; the colons and slashes of an ARN have to arrive as %3A and %2F where they were signed so.",
  },
  PATH_SIGNED_DECODED: {
    evidence: "a path with a percent-encoded character, such as the slash of an ARN",
    message: "The path was percent-decoded before it was signed.",
    fix: "Sign the path as it stands on the wire, each segment percent-encoded once more.",
  },
  QUERY_NOT_SORTED: {
    evidence: "two parameters that sorting moves",
    message: "The query was signed in the order in which it was sent.",
    fix: "Sort the encoded parameters by name, then by value, for the signature.",
  },
  QUERY_PLUS_FOR_SPACE: {
    evidence: "a space or a plus in the query",
    message: "A space in the query stands as + on one side of the signature and as %20 on the other.",
    fix: "Write spaces in the query as %20, both on the wire and for the signature.",
  },
  QUERY_DROPPED: {
    evidence: "a query",
    message: "A part of the query that was received is not signed.",
    fix: "Sign the whole query, after everything that adds to it.",
  },
  HOST_WITHOUT_PORT: {
    evidence: "a host with a port",
    message: "The host was signed without its port.",
    fix: "Sign the Host header exactly as it is sent, with the port where it is not the default one.",
  },
  HOST_REWRITTEN: {
    evidence: "a host from the list of AWS's, or one that another header names",
    message: "The request was signed for another host than the one that received it.",
    fix: "Sign for the host that receives the request, or let the proxy keep the Host header.",
  },
  HEADER_APPENDED: {
    evidence: "a header to which proxies add, such as x-forwarded-for",
    message: "A proxy appended to a signed header after signing.",
    fix: "Do not sign forwarding headers: leave the header out of the signature, or sign behind the last proxy.",
  },
  HEADER_REDACTED: {
    evidence: "a signed header with a mark such as *** or [redacted] for a value",
    message:
      "The value of a signed header was redacted where the request was recorded, so the signature cannot be judged.",
    fix: "Record the request with the header as it was sent.",
  },
  HEADER_REWRITTEN: {
    evidence: "a value that clients are known to send",
    message: "A signed header was changed after signing.",
    fix: "Leave the header out of the signature, or see that nothing between signer and service changes it.",
  },
  HEADER_LOST: {
    evidence: "the signed headers, and what the front end of the service keeps",
    message:
      "A signed header is dropped or rewritten by the front end of the service, before the signature is checked.",
    fix: "Leave the header out of the signature; one with an underscore in its name can be sent with hyphens instead.",
  },
  HEADER_DUPLICATED: {
    evidence: "a header that occurs twice, or a value that repeats itself",
    message: "A signed header was sent another number of times than it was signed.",
    fix: "Set each header once; names that differ only in case are the same header.",
  },
  HEADER_WHITESPACE_KEPT: {
    evidence: "a value with space around it or runs of space in it, as received",
    message: "Header values were signed with their surplus space.",
    fix: "Trim each value and shrink runs of space to one for the signature.",
  },
  BODY_CHANGED: {
    evidence: "the header x-amz-content-sha256",
    message: "The body that was received is not the one that was signed.",
    fix: "Sign the exact bytes that are sent, after the last change; look for a proxy that writes JSON anew.",
  },
  BODY_HASH_OF_EMPTY: {
    evidence: "a body, and the hash of none in the signature",
    message: "The hash of an empty body was signed although a body was sent.",
    fix: "Hash the body before signing; a stream must be read first.",
  },
  BODY_NOT_RECORDED: {
    evidence: "a body that was sent and is not at hand, and no x-amz-content-sha256 that is signed",
    message:
      "The body that was sent was not recorded, or not as a whole, so the signature, which covers it, cannot be judged.",
    fix: "Record the request with the body as it was sent, or with its SHA-256.",
  },
  METHOD_CHANGED: {
    evidence: "one of the seven methods, or one in lower case",
    message: "The request was signed with another method.",
    fix: "Sign with the method that is sent, in upper case; look for a redirect that turns POST into GET.",
  },
  SECRET_WHITESPACE: {
    evidence: "the right secret key",
    message: "The secret access key was used with space or a line break around it.",
    fix: "Trim the secret key where it is read.",
  },
  SECRET_URL_ENCODED: {
    evidence: "the right secret key, with a / or + in it",
    message: "The secret access key was used percent-encoded or decoded.",
    fix: "Use the secret key as it was issued.",
  },
  SECRET_OF_OTHER_KEY: {
    evidence: "the secret of the other key",
    message: "The secret belongs to another access key.",
    fix: "Take access key ID and secret from the same place.",
  },
  EXPIRES_INVALID: {
    evidence: "the parameter X-Amz-Expires",
    message: "The query does not say for how long its signature holds, or longer than is accepted.",
    fix: "Write X-Amz-Expires as a whole number of seconds, 604800 at most.",
  },
  PRESIGNED_EXPIRED: {
    evidence: "the parameters X-Amz-Date and X-Amz-Expires, and the verifier's clock",
    message: "The signature in the query has ended.",
    fix: "Sign anew shortly before the request is sent, or set X-Amz-Expires higher.",
  },
  SIGNATURE_IN_QUERY: {
    evidence: "the parameter X-Amz-Signature, and no Authorization header",
    message: "The signature is in the query (a presigned URL), not in an Authorization header.",
    fix: "Sign the request with an Authorization header; a presigned URL is what short-term API keys are made of.",
  },
  SIGNATURE_REDACTED: {
    evidence: "a signature that is not 64 hexadecimal digits",
    message: "The signature was redacted or cut: it is not 64 hexadecimal digits, so it cannot be judged.",
    fix: "Record the request with its whole Authorization header; it proves the secret key and does not contain it.",
  },
  UNKNOWN: {
    evidence: "none",
    message: "The signature does not match, and none of the known mistakes explains it.",
    fix: "Compare the canonical request and the string to sign with those of the client: the first line that differs names the mistake.",
  },
};

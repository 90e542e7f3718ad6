export { type CacheCredentialsOptions, type CachedCredentials, cacheCredentials } from "./cache-credentials.ts";
export {
  type CredentialRefusal,
  type CredentialSource,
  type CredentialsInput,
  toCredentialSource,
} from "./credential-source.ts";
export { authFetch, type AuthFetchOptions } from "./fetch/auth-fetch.ts";
export { classifyRefusal } from "./fetch/classify-refusal.ts";
export { followRedirects, type Hop, type HopAnswer } from "./fetch/follow-redirects.ts";
export { type ApiKey, type LongTermKey, type OpaqueKey, parseApiKey, type ShortTermKey } from "./keys/parse-api-key.ts";
export {
  type Authentication,
  type AuthenticationSources,
  resolveSdkAuthentication,
} from "./keys/resolve-sdk-authentication.ts";
export {
  generateShortTermKey,
  type KeyVerification,
  MAX_KEY_SECONDS,
  type ShortTermKeyOptions,
  type VerifyKeyOptions,
  verifyShortTermKey,
} from "./keys/short-term-key.ts";
export { AuthError, type AuthErrorCode, type AuthErrorDetails, type CredentialStep } from "./errors.ts";
export { formatAuthorization, parseAuthorization, type SigV4Authorization } from "./sigv4/authorization.ts";
export { statedBodyHash } from "./sigv4/body-hash.ts";
export { canonicalRequest, type CanonicalRequestOptions } from "./sigv4/canonical-request.ts";
export type { AwsCredentials } from "@claude-on-aws/endpoints";
export { type CredentialScope, formatCredentialScope } from "./sigv4/credential-scope.ts";
export { deriveSigningKey } from "./sigv4/signing-key.ts";
export { MAX_PRESIGNED_SECONDS, type PresignOptions, presignRequest } from "./sigv4/presign-request.ts";
export { type RequestSigner, type SignOptions, signRequest, UNSIGNED_PAYLOAD } from "./sigv4/sign-request.ts";
export { stringToSign } from "./sigv4/string-to-sign.ts";
export {
  type Refused,
  type RefusalCode,
  type Verification,
  type Verified,
  type VerifyOptions,
  verifyRequest,
} from "./sigv4/verify-request.ts";
export { headerValue, headerValues, type WireRequest } from "./sigv4/wire-request.ts";
export {
  type PresignedParameters,
  type PresignedRefusalCode,
  type PresignedVerification,
  readPresigned,
  type VerifyPresignedOptions,
  verifyPresignedRequest,
} from "./sigv4/verify-presigned.ts";

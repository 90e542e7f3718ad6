export { AuthError, type AuthErrorCode, type AuthErrorDetails, type CredentialStep } from "../errors.ts";
export { formatAuthorization, parseAuthorization, type SigV4Authorization } from "./authorization.ts";
export { statedBodyHash } from "./body-hash.ts";
export { canonicalRequest, type CanonicalRequestOptions } from "./canonical-request.ts";
export type { AwsCredentials } from "@claude-on-aws/endpoints";
export { type CredentialScope, formatCredentialScope } from "./credential-scope.ts";
export { deriveSigningKey } from "./signing-key.ts";
export { MAX_PRESIGNED_SECONDS, type PresignOptions, presignRequest } from "./presign-request.ts";
export { type RequestSigner, type SignOptions, signRequest, UNSIGNED_PAYLOAD } from "./sign-request.ts";
export { stringToSign } from "./string-to-sign.ts";
export {
  type Refused,
  type RefusalCode,
  type Verification,
  type Verified,
  type VerifyOptions,
  verifyRequest,
} from "./verify-request.ts";
export { headerValue, headerValues, type WireRequest } from "./wire-request.ts";
export {
  type PresignedParameters,
  type PresignedRefusalCode,
  type PresignedVerification,
  type VerifyPresignedOptions,
  readPresigned,
  verifyPresignedRequest,
} from "./verify-presigned.ts";

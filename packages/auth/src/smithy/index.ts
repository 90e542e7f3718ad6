export { AuthError, type AuthErrorCode, type AuthErrorDetails, type CredentialStep } from "../errors.ts";
export { NativeSha256 } from "./native-sha256.ts";
export { signRequestWithSmithy } from "./sign-request-with-smithy.ts";

export { AuthError, type AuthErrorCode, type AuthErrorDetails, type CredentialStep } from "../errors.ts";
export { signRequestWithAws4fetch } from "./sign-request-with-aws4fetch.ts";

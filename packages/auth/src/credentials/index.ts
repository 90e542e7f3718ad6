export type { CredentialRefusal, CredentialSource } from "../credential-source.ts";
export { AuthError, type AuthErrorCode, type AuthErrorDetails, type CredentialStep } from "../errors.ts";
export type { AwsCredentials } from "@claude-on-aws/endpoints";
export { createCredentialChain, type CredentialChainOptions } from "./credential-chain.ts";
export {
  createCredentials,
  type CredentialsOptions,
  type Login,
  type RefreshableSource,
} from "./create-credentials.ts";
export { parseCredentialExport } from "./parse-credential-export.ts";
export type { CommandRunner, CommandRunnerOptions } from "./run-in-shell.ts";

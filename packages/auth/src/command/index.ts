export { AuthError, type AuthErrorCode, type AuthErrorDetails, type CredentialStep } from "../errors.ts";
export type { CommandLine } from "./command-line.ts";
export type { OutputTarget } from "./output-target.ts";
export { type CommandResult, runCommand, type RunCommandOptions } from "./run-command.ts";

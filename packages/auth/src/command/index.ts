export { AuthError, type AuthErrorCode, type AuthErrorDetails } from "../errors.ts";
export type { OutputTarget } from "./read-output.ts";
export { type CommandResult, runCommand, type RunCommandOptions } from "./run-command.ts";
export type { CommandLine } from "./start-command.ts";

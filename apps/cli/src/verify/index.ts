export { createVerifyCommand, verifyCommand, type VerifyCommandOptions } from "./verify-command.ts";

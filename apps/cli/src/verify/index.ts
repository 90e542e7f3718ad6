export { createVerifyCommand, verifyCommand } from "./verify-command.ts";

export { createLoginCommand, loginCommand } from "./login-command.ts";

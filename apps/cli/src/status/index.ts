export { createStatusCommand, statusCommand } from "./status-command.ts";

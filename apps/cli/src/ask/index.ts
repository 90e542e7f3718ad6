export { askCommand, createAskCommand } from "./ask-command.ts";

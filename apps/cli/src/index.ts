export type { Command, Terminal } from "./command.ts";
export { main } from "./main.ts";

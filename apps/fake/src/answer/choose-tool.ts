import { isObject } from "@claude-on-aws/endpoints";
import type { Conversation, OfferedTool } from "./conversation.ts";
import { CHANGING_WORDS, KNOWN_TOOLS } from "./known-tools.ts";

/**
 * Chooses the tool that is called: the one that must be, otherwise a known harmless one, otherwise one whose name does
 * not speak of a change, with the fewest required inputs; the first of equals.
 *
 * @returns `undefined` where none may be called, or none has an input that can be made.
 */
export function chooseTool({ tools, toolChoice }: Conversation): OfferedTool | undefined {
  if (tools.length === 0 || toolChoice.kind === "none") return undefined;
  const callable = tools.filter(isCallable);
  if (toolChoice.kind === "named") return callable.find(({ name }) => name === toolChoice.name);
  let chosen: OfferedTool | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const tool of callable) {
    const risk = riskOf(tool);
    if (risk < least) [chosen, least] = [tool, risk];
  }
  return chosen;
}

const rankOf = (name: string): number => KNOWN_TOOLS.findIndex((tool) => tool.name === name);

/** A tool without a schema is one of the service's: either the client runs it and it is known here, or the service runs it itself. */
const isCallable = ({ name, inputSchema }: OfferedTool): boolean => inputSchema !== undefined || rankOf(name) >= 0;

const CHANGES = 10_000;
const UNKNOWN = 1_000;

function riskOf({ name, inputSchema }: OfferedTool): number {
  const rank = rankOf(name);
  if (rank >= 0) return rank;
  const { required } = isObject(inputSchema) ? inputSchema : {};
  const inputs = Array.isArray(required) ? Math.min(required.length, UNKNOWN) : 0;
  return (wordsOf(name).some((word) => CHANGING_WORDS.includes(word)) ? CHANGES : UNKNOWN) + inputs;
}

/** `sendMail`, `send_mail` and `mail.send` are two words each. */
const wordsOf = (name: string): string[] =>
  name
    .replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    .split(/[^a-z0-9]/)
    .filter((word) => word !== "");

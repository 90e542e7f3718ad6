import { isObject } from "@claude-on-aws/endpoints";
import type { ClaudeMessage } from "@claude-on-aws/streaming/claude";
import type { Exchange } from "../exchange/exchange.ts";
import type { FakeSettings } from "../settings/fake-settings.ts";
import { chooseTool } from "./choose-tool.ts";
import { composeMessage, tokensOf } from "./compose-message.ts";
import type { GivenBlock } from "../settings/given-block.ts";
import { type Conversation, type OfferedTool, readConversation } from "./conversation.ts";
import { KNOWN_TOOLS, WORKING_DIRECTORY } from "./known-tools.ts";
import { makeFromSchema } from "./make-from-schema.ts";

/** What is said where the last message of the user holds no text. */
const NOTHING_TO_ECHO = "There was no text to echo.";

/** How much of a tool's result is quoted, in characters. */
const MAX_QUOTE_LENGTH = 200;

/** Claude Code 2.1.329 appends what it has to say to Claude to what the tool returned. */
const REMINDER = "\n<system-reminder>";

/**
 * The answer to a request that no scenario answers: a call of a tool where tools are offered and none was called since the
 * user spoke; once a tool gave its result, a text that ends the loop; otherwise the text of the user's last message. Where
 * the client asks for JSON of a schema, the text is that.
 *
 * @returns The message, complete with its ID, its stop reason and its usage.
 */
export function answer(exchange: Exchange, settings: FakeSettings): ClaudeMessage {
  const conversation = readConversation(exchange);
  const call = conversation.toolResult === undefined ? callTool(conversation, exchange) : undefined;
  const content = call ?? { type: "text", text: textOf(conversation) };
  return composeMessage({ content: [content] }, conversation.maxTokens, exchange, settings);
}

function textOf({ userText, toolResult, outputSchema }: Conversation): string {
  if (outputSchema !== undefined) return JSON.stringify(makeFromSchema(outputSchema, { userText }));
  if (toolResult === undefined) return userText || NOTHING_TO_ECHO;
  const [returned = ""] = toolResult.split(REMINDER, 1);
  if (returned === "") return "The tool returned nothing.";
  const quote = returned.slice(0, MAX_QUOTE_LENGTH).toWellFormed();
  return `The tool returned: ${quote}${returned.length > MAX_QUOTE_LENGTH ? "…" : ""}`;
}

/** `undefined` where none may be called, or the answer may not be long enough for it, as with a probe of one token. */
function callTool(conversation: Conversation, exchange: Exchange): GivenBlock | undefined {
  const tool = conversation.isPrefilled ? undefined : chooseTool(conversation);
  if (tool === undefined) return undefined;
  const call = { type: "tool_use", name: tool.name, input: makeInput(tool, conversation, exchange) } as const;
  return tokensOf(call) > conversation.maxTokens ? undefined : call;
}

function makeInput({ name, inputSchema }: OfferedTool, { userText }: Conversation, exchange: Exchange): unknown {
  const known = KNOWN_TOOLS.find((tool) => tool.name === name)?.input ?? {};
  const preferred = Object.fromEntries(
    Object.entries(known).map(([key, value]) => [
      key,
      value === WORKING_DIRECTORY ? workingDirectory(exchange) : value,
    ]),
  );
  // A tool that the service knows is offered without its schema.
  if (inputSchema === undefined) return preferred;
  const input = makeFromSchema(inputSchema, { preferred, userText });
  return isObject(input) ? input : {};
}

/** How Claude Code tells the model where it works. */
const NAMED_DIRECTORY = "orking directory: ";

function workingDirectory({ input = {} }: Exchange): string {
  const { system } = input;
  for (const part of Array.isArray(system) ? system : [system]) {
    const text: unknown = isObject(part) ? part["text"] : part;
    const at = typeof text === "string" ? text.indexOf(NAMED_DIRECTORY) : -1;
    if (typeof text !== "string" || at < 0) continue;
    const start = at + NAMED_DIRECTORY.length;
    const end = text.indexOf("\n", start);
    return text.slice(start, end < 0 ? undefined : end).trim();
  }
  return ".";
}

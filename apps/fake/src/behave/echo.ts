import type { Exchange } from "../exchange.ts";
import type { FakeSettings } from "../options.ts";
import { randomId } from "../respond/request-id.ts";
import { isObject } from "../validate/check-json.ts";
import { countTokens } from "./count-tokens.ts";
import type { Message } from "./message.ts";

/** What is said where the last message of the user holds no text. */
const NOTHING_TO_ECHO = "There was no text to echo.";

/** The answer to a request that nothing else answers: the text of the user's last message. */
export function echo(exchange: Exchange, settings: FakeSettings): Message {
  const input = exchange.input ?? {};
  const text = lastUserText(input["messages"]) || NOTHING_TO_ECHO;
  return {
    id: `msg_${exchange.route.provider === "bedrock" ? "bdrk_" : ""}01${randomId(settings)}`,
    type: "message",
    role: "assistant",
    model: exchange.model?.model ?? "",
    content: [{ type: "text", text }],
    stop_reason: "end_turn",
    stop_sequence: null,
    usage: {
      input_tokens: countTokens(input),
      cache_creation_input_tokens: 0,
      cache_read_input_tokens: 0,
      output_tokens: countTokens(text),
    },
  };
}

function lastUserText(messages: unknown): string {
  if (!Array.isArray(messages)) return "";
  const last: unknown = messages.findLast((message) => isObject(message) && message["role"] === "user");
  const content = isObject(last) ? last["content"] : undefined;
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return "";
  // The blocks of Converse have no `type`, those of the Messages API do; both keep text under `text`.
  return content
    .flatMap((block) => (isObject(block) && typeof block["text"] === "string" ? [block["text"]] : []))
    .join("\n");
}

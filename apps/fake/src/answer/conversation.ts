import { isObject } from "@claude-on-aws/endpoints";
import type { Exchange } from "../exchange/exchange.ts";
import { parseJson } from "../text/parse-object.ts";
import { readToolResults, textOf } from "./tool-results.ts";

type Fields = Readonly<Record<string, unknown>>;

/** A tool that a client offers. */
export interface OfferedTool {
  readonly name: string;
  /** JSON Schema of its input; absent where the service knows it, as with `bash_20250124`. */
  readonly inputSchema?: unknown;
}

/** Which tools may or must be called. `named` means the tool of that name. */
export type ToolChoice = { readonly kind: "auto" | "any" | "none" } | { readonly kind: "named"; readonly name: string };

/** What a request says, whether in the words of the Messages API or in those of Converse. */
export interface Conversation {
  /** Text of the user's last message; empty where it holds none. */
  readonly userText: string;
  /** Text of the last tool result since Claude last spoke; absent where there is none. */
  readonly toolResult?: string;
  /** Whether Claude has begun to speak already: the last message is the beginning of its answer. */
  readonly isPrefilled: boolean;
  readonly tools: readonly OfferedTool[];
  readonly toolChoice: ToolChoice;
  /** Longest answer, in tokens. */
  readonly maxTokens: number;
  /** JSON Schema that the answer must follow; absent where any text will do. */
  readonly outputSchema?: unknown;
}

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const fields = (value: unknown): Fields => (isObject(value) ? value : {});
const listOfFields = (value: unknown): Fields[] => list(value).filter(isObject);

/**
 * Reads what an answer depends on. Only the end of the messages is looked at.
 *
 * @returns The same for both: nothing after it has to know which API it came from.
 */
export function readConversation({ route, input = {} }: Exchange): Conversation {
  const isConverse = route.operation?.built?.form?.startsWith("converse") === true;
  const said = readMessages(listOfFields(input["messages"]));
  return { ...said, ...(isConverse ? readConverse(input) : readBody(input)) };
}

type Said = Pick<Conversation, "userText" | "toolResult" | "isPrefilled">;

function readMessages(messages: readonly Fields[]): Said {
  const userText = lastUserText(messages);
  const toolResult = readToolResults(messages).at(-1)?.text;
  const isPrefilled = messages.at(-1)?.["role"] === "assistant";
  return { userText, isPrefilled, ...(toolResult === undefined ? {} : { toolResult }) };
}

/**
 * Reads the text of the user's last message.
 *
 * @returns Its blocks, one a line; empty where there is no such message or no text in it.
 */
export function lastUserText(messages: readonly unknown[]): string {
  for (let at = messages.length - 1; at >= 0; at--) {
    const message = fields(messages[at]);
    if (message["role"] === "user") return textOf(message["content"]);
  }
  return "";
}

type Asked = Omit<Conversation, keyof Said>;

function readBody(input: Fields): Asked {
  const format = fields(fields(input["output_config"])["format"] ?? input["output_format"]);
  const { type, name } = fields(input["tool_choice"]);
  return {
    tools: listOfFields(input["tools"]).map((tool) => offered(tool["name"], tool["input_schema"])),
    toolChoice: type === "tool" ? { kind: "named", name: String(name) } : { kind: choiceKind(type) },
    maxTokens: tokens(input["max_tokens"]),
    ...(format["type"] === "json_schema" ? { outputSchema: format["schema"] } : {}),
  };
}

function readConverse(input: Fields): Asked {
  const { tools, toolChoice } = fields(input["toolConfig"]);
  const named = fields(toolChoice)["tool"];
  const schema = converseOutputSchema(input);
  return {
    tools: listOfFields(tools).flatMap(({ toolSpec }) =>
      isObject(toolSpec) ? [offered(toolSpec["name"], fields(toolSpec["inputSchema"])["json"])] : [],
    ),
    toolChoice: isObject(named)
      ? { kind: "named", name: String(named["name"]) }
      : { kind: choiceKind(Object.keys(fields(toolChoice))[0]) },
    maxTokens: tokens(fields(input["inferenceConfig"])["maxTokens"]),
    ...(schema === undefined ? {} : { outputSchema: schema }),
  };
}

/** Converse takes the schema as a text; what is passed to the model takes it as the Messages API does. */
function converseOutputSchema({ outputConfig, additionalModelRequestFields: more }: Fields): unknown {
  const format = fields(fields(fields(more)["output_config"])["format"]);
  if (format["type"] === "json_schema") return format["schema"];
  const { schema } = fields(fields(fields(fields(outputConfig)["textFormat"])["structure"])["jsonSchema"]);
  return typeof schema === "string" ? parseJson(schema) : undefined;
}

const offered = (name: unknown, inputSchema: unknown): OfferedTool => ({
  name: String(name),
  ...(inputSchema === undefined ? {} : { inputSchema }),
});

const choiceKind = (value: unknown): "auto" | "any" | "none" => (value === "any" || value === "none" ? value : "auto");

const tokens = (value: unknown): number => (typeof value === "number" ? value : Number.POSITIVE_INFINITY);

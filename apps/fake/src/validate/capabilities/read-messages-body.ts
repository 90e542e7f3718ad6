import { isObject } from "@claude-on-aws/endpoints";
import type { AskedOfModel } from "./asked-of-model.ts";

type JsonObject = Readonly<Record<string, unknown>>;

/** Blocks that a client can begin an answer with; what else an assistant says last belongs to a tool of the server's. */
const BEGINS_ANSWER: ReadonlySet<unknown> = new Set(["text", "thinking", "redacted_thinking", "tool_use"]);

const FORCING: ReadonlySet<unknown> = new Set(["any", "tool"]);

/**
 * Reads what a body of CreateMessage, CountTokens or InvokeModel asks of the model.
 *
 * @param input The body, of any form: what is not of its form is passed over.
 * @returns What it asks.
 */
export function readMessagesBody(input: JsonObject): AskedOfModel {
  const output = objectOf(input["output_config"]);
  const messages = objectsOf(input["messages"]);
  const last = messages.at(-1);
  return {
    thinking: isObject(input["thinking"]) ? input["thinking"] : undefined,
    effort: textOf(output["effort"]),
    hasOutputFormat: isObject(output["format"]),
    temperature: numberOf(input["temperature"]),
    topP: numberOf(input["top_p"]),
    topK: numberOf(input["top_k"]),
    maxTokens: numberOf(input["max_tokens"]),
    forcesTool: FORCING.has(objectOf(input["tool_choice"])["type"]),
    tools: objectsOf(input["tools"]).map(({ type, strict }) => ({
      type: textOf(type) ?? "custom",
      isStrict: typeof strict === "boolean",
    })),
    systemRole: systemRoleOf(messages),
    endsInPrefill: last !== undefined && last["role"] === "assistant" && beginsAnswer(last["content"]),
  };
}

/**
 * Looks for the role `system` among messages.
 *
 * @returns Where it stands.
 */
export function systemRoleOf(messages: readonly JsonObject[]): AskedOfModel["systemRole"] {
  if (messages[0]?.["role"] === "system") return "first";
  return messages.some(({ role }) => role === "system") ? "later" : "nowhere";
}

function beginsAnswer(content: unknown): boolean {
  const last = Array.isArray(content) ? (content.at(-1) as unknown) : undefined;
  return !isObject(last) || BEGINS_ANSWER.has(last["type"]);
}

/**
 * Reads an object.
 *
 * @returns An empty one where there is none.
 */
export const objectOf = (value: unknown): JsonObject => (isObject(value) ? value : {});

/**
 * Reads a list of objects.
 *
 * @returns Those of them that are objects.
 */
export const objectsOf = (value: unknown): readonly JsonObject[] =>
  Array.isArray(value) ? value.filter(isObject) : [];

/**
 * Reads a number.
 *
 * @returns `undefined` where there is none.
 */
export const numberOf = (value: unknown): number | undefined => (typeof value === "number" ? value : undefined);

const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

import { isObject } from "@claude-on-aws/endpoints";
import type { Facts } from "../terms/uncertain-facts.ts";
import type { ServedModel } from "../models/served-models.ts";

type Block = Readonly<Record<string, unknown>>;

interface Message {
  readonly role: string;
  readonly content: readonly Block[];
}

/**
 * Finds what is wrong with a conversation of Converse whose fields all have their form.
 *
 * @param input A body of Converse that fits its schema.
 * @param model The model, where it is known which one answers.
 * @returns The words of Amazon Bedrock.
 * @see {@link https://github.com/langgenius/dify/issues/12340 | The wrong first role}
 * @see {@link https://github.com/earendil-works/pi/issues/4975 | A blank text}
 * @see {@link https://github.com/langgenius/dify/issues/7328 | Tools used that are not declared}
 */
export function findConverseProblem(
  input: Readonly<Record<string, unknown>>,
  model: ServedModel | undefined,
  facts: Facts,
): string | undefined {
  const messages = input["messages"] as readonly Message[];
  if (messages[0]?.role !== "user") {
    return "A conversation must start with a user message. Try again with a conversation that starts with a user message.";
  }
  let usesTools = false;
  const last = messages.findLastIndex(isTurn);
  let previous: Message | undefined;
  for (let index = 0; index < messages.length; index++) {
    const message = messages[index] as Message;
    const { role, content } = message;
    if (role === previous?.role) return NOT_ALTERNATING;
    if (content.length === 0) {
      return `The content field in the Message object at messages.${index} is empty. Add a ContentBlock object to the content field and try again.`;
    }
    for (let position = 0; position < content.length; position++) {
      const { text, toolUse, toolResult } = content[position] as Block;
      usesTools ||= toolUse !== undefined || toolResult !== undefined;
      if (typeof text === "string" && (text === "" || (facts.blankText === "refuse" && text.trim() === ""))) {
        return `The text field in the ContentBlock object at messages.${index}.content.${position} is blank. Add text to the text field, and try again.`;
      }
    }
    if (!isTurn(message)) continue;
    const unpaired = findUnpaired(previous, message, index, index === last);
    if (unpaired !== undefined) return unpaired;
    previous = message;
  }
  if (usesTools && input["toolConfig"] === undefined) {
    return "The toolConfig field must be defined when using toolUse and toolResult content blocks.";
  }
  return findTooManyTokens(input["inferenceConfig"], model, facts);
}

/** What the system says between the turns is none. */
const isTurn = ({ role }: Message): boolean => role !== "system";

const NOT_ALTERNATING =
  "A conversation must alternate between user and assistant roles. Make sure the conversation alternates between user and assistant roles and try again.";

/** The results of a message answer the tool uses of the turn before it, no more and no less. */
function findUnpaired(
  previous: Message | undefined,
  message: Message,
  index: number,
  isLast: boolean,
): string | undefined {
  const used = idsOf(previous, "toolUse");
  const results = idsOf(message, "toolResult");
  const missing = used.filter((id) => !results.includes(id));
  if (missing.length > 0) {
    return `Expected toolResult blocks at messages.${index}.content for the following Ids: ${missing.join(", ")}`;
  }
  if (results.some((id) => !used.includes(id))) {
    return `The number of toolResult blocks at messages.${index}.content exceeds the number of toolUse blocks of previous turn.`;
  }
  // Nobody can answer what the last message asks for.
  if (!isLast) return undefined;
  const open = idsOf(message, "toolUse");
  if (open.length === 0) return undefined;
  return `Expected toolResult blocks at messages.${index + 1}.content for the following Ids: ${open.join(", ")}`;
}

const idsOf = (message: Message | undefined, kind: "toolUse" | "toolResult"): unknown[] =>
  (message?.content ?? []).flatMap((block) => {
    const found = block[kind];
    return isObject(found) ? [found["toolUseId"]] : [];
  });

function findTooManyTokens(config: unknown, model: ServedModel | undefined, facts: Facts): string | undefined {
  const asked = isObject(config) ? config["maxTokens"] : undefined;
  const limit = model && (model.maxOutputTokens ?? facts.maxOutputTokens);
  if (limit === undefined || typeof asked !== "number" || asked <= limit) return undefined;
  return `The maximum tokens you requested exceeds the model limit of ${limit}. Try again with a maximum tokens value that is lower than ${limit}.`;
}

import { isObject } from "@claude-on-aws/endpoints";
import type { AskedOfModel } from "./asked-of-model.ts";
import { numberOf, objectOf, objectsOf, readMessagesBody, systemRoleOf } from "./read-messages-body.ts";

/**
 * Reads what a body of Converse asks of the model: in fields of its own, and in `additionalModelRequestFields`, which
 * the model gets as they are.
 *
 * @param input The body, of any form: what is not of its form is passed over.
 * @returns What it asks.
 */
export function readConverseBody(input: Readonly<Record<string, unknown>>): AskedOfModel {
  const more = readMessagesBody(objectOf(input["additionalModelRequestFields"]));
  const { temperature, topP, maxTokens } = objectOf(input["inferenceConfig"]);
  const { tools, toolChoice } = objectOf(input["toolConfig"]);
  const choice = objectOf(toolChoice);
  const messages = objectsOf(input["messages"]);
  return {
    ...more,
    hasOutputFormat: more.hasOutputFormat || isObject(objectOf(input["outputConfig"])["textFormat"]),
    temperature: numberOf(temperature) ?? more.temperature,
    topP: numberOf(topP) ?? more.topP,
    maxTokens: numberOf(maxTokens) ?? more.maxTokens,
    forcesTool: more.forcesTool || isObject(choice["any"]) || isObject(choice["tool"]),
    // A point of caching is no tool to the model.
    tools: [
      ...objectsOf(tools).flatMap(({ toolSpec }) =>
        isObject(toolSpec) ? [{ type: "custom", isStrict: typeof toolSpec["strict"] === "boolean" }] : [],
      ),
      ...more.tools,
    ],
    systemRole: systemRoleOf(messages),
    endsInPrefill: messages.at(-1)?.["role"] === "assistant",
  };
}

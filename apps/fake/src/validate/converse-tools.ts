import { isObject } from "@claude-on-aws/endpoints";

type JsonObject = Readonly<Record<string, unknown>>;

/**
 * Turns what Converse hands to the model besides the conversation into fields of the Messages API: its tools, the choice
 * among them, and `additionalModelRequestFields`.
 *
 * @param input A body of Converse that fits its schema.
 * @returns Positions of tools count those alone that a model is told of: cache points and tools of Amazon Bedrock are not.
 */
export function fieldsForModel({ toolConfig, additionalModelRequestFields: more }: JsonObject): JsonObject {
  const fields = isObject(more) ? more : {};
  const { tools: own, toolChoice } = isObject(toolConfig) ? toolConfig : {};
  // Nobody knows the names of the tools that Amazon Bedrock itself brings.
  const hasSystemTools = Array.isArray(own) && own.some((tool) => keyOf(tool, "systemTool") !== undefined);
  const choice = hasSystemTools ? undefined : CHOICES.find(({ member }) => keyOf(toolChoice, member));
  const tools = [
    ...(Array.isArray(own) ? own.flatMap(toolForModel) : []),
    ...(Array.isArray(fields["tools"]) ? fields["tools"] : []),
  ];
  return {
    ...fields,
    ...(tools.length === 0 ? {} : { tools }),
    ...(choice === undefined ? {} : { tool_choice: choice.make(keyOf(toolChoice, choice.member) ?? {}) }),
  };
}

const CHOICES: readonly { readonly member: string; readonly make: (chosen: JsonObject) => JsonObject }[] = [
  { member: "auto", make: () => ({ type: "auto" }) },
  { member: "any", make: () => ({ type: "any" }) },
  { member: "tool", make: ({ name }) => ({ type: "tool", name }) },
];

const keyOf = (value: unknown, member: string): JsonObject | undefined => {
  const found = isObject(value) ? value[member] : undefined;
  return isObject(found) ? found : undefined;
};

function toolForModel(tool: unknown): JsonObject[] {
  const toolSpec = keyOf(tool, "toolSpec");
  if (toolSpec === undefined) return [];
  const { name, description, inputSchema } = toolSpec;
  const schema = isObject(inputSchema) ? inputSchema["json"] : undefined;
  return [{ name, ...(description === undefined ? {} : { description }), input_schema: schema }];
}

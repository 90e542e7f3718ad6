import { ANY, keyed, list, object, OBJECT, type ObjectSchema, oneOf, type Schema, STRING } from "./schema.ts";

const ID: Schema = { kind: "string", pattern: /^[a-zA-Z0-9_-]{1,64}$/ };
const CACHE_POINT = object({ type: oneOf("default"), ttl: oneOf("5m", "1h") }, { required: ["type"] });

const BLOCK = keyed({
  text: STRING,
  image: OBJECT,
  document: OBJECT,
  video: OBJECT,
  audio: OBJECT,
  toolUse: object({ toolUseId: ID, name: ID, input: ANY }, { required: ["toolUseId", "name", "input"] }),
  toolResult: object({ toolUseId: ID, content: list(OBJECT) }, { required: ["toolUseId", "content"] }),
  guardContent: OBJECT,
  cachePoint: CACHE_POINT,
  reasoningContent: OBJECT,
  citationsContent: OBJECT,
  searchResult: OBJECT,
  toolAddition: OBJECT,
  toolRemoval: OBJECT,
});

const TOOL = keyed({
  toolSpec: object({ name: ID, inputSchema: keyed({ json: ANY }) }, { required: ["name", "inputSchema"] }),
  cachePoint: CACHE_POINT,
  systemTool: OBJECT,
});

/**
 * The body of Converse and ConverseStream, as @aws-sdk/client-bedrock-runtime 3.1164.0 has it.
 *
 * @see {@link https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html | Converse}
 */
export const CONVERSE_SCHEMA: ObjectSchema = object(
  {
    messages: list(
      object({ role: oneOf("user", "assistant", "system"), content: list(BLOCK) }, { required: ["role", "content"] }),
      1,
    ),
    system: list(keyed({ text: STRING, guardContent: OBJECT, cachePoint: CACHE_POINT })),
    inferenceConfig: object({
      maxTokens: { kind: "integer", minimum: 1 },
      temperature: { kind: "number", minimum: 0, maximum: 1 },
      topP: { kind: "number", minimum: 0, maximum: 1 },
      stopSequences: list(STRING),
    }),
    toolConfig: object(
      {
        tools: list(TOOL, 1),
        toolChoice: keyed({ auto: OBJECT, any: OBJECT, tool: object({ name: ID }, { required: ["name"] }) }),
      },
      { required: ["tools"] },
    ),
    additionalModelRequestFields: ANY,
    additionalModelResponseFieldPaths: list(STRING),
  },
  { required: ["messages"] },
);

/**
 * The body of CountTokens of Amazon Bedrock.
 *
 * @see {@link https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_CountTokens.html | CountTokens}
 */
export const COUNT_TOKENS_OF_MODEL_SCHEMA: ObjectSchema = object(
  {
    input: keyed({ invokeModel: object({ body: STRING }, { required: ["body"] }), converse: OBJECT }),
  },
  { required: ["input"] },
);

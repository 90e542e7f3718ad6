import type { MessagesForm } from "../../exchange/operation.ts";
import {
  ANY,
  BOOLEAN,
  list,
  object,
  OBJECT,
  type ObjectSchema,
  oneOf,
  type Schema,
  type SparedField,
  STRING,
  tagged,
} from "./schema.ts";

/**
 * A marker of prompt caching; Claude Code 2.1.329 adds a `scope`.
 *
 * @see {@link https://github.com/caozhiyuan/copilot-api/issues/145 | The path in which a field of it is refused}
 */
const CACHE_CONTROL: Schema = tagged({
  ephemeral: object({ ttl: oneOf("5m", "1h"), type: ANY, scope: ANY }, { inside: true }),
});
const CACHED = { cache_control: CACHE_CONTROL } as const;
const NULLABLE_BLOCK = {
  nullable: ["cache_control", "citations", "title", "context", "toolset_name", "transformations"],
} as const;

/** A block takes the fields that the types of @anthropic-ai/sdk 1.14.0 have, and no other. */
const block = (fields: Readonly<Record<string, Schema>>, required: readonly string[]): ObjectSchema =>
  object({ type: ANY, ...fields, ...CACHED }, { required, inside: true, ...NULLABLE_BLOCK });

const TEXT_FIELDS: Readonly<Record<string, Schema>> = { text: STRING, citations: list(ANY) };
const TEXT_BLOCK = block(TEXT_FIELDS, ["text"]);

/** Only texts stand in `system`, so that its paths name no kind of block. */
const SYSTEM_BLOCK = block({ ...TEXT_FIELDS, type: oneOf("text") }, ["type", "text"]);

/** What the API wants of an ID of a tool use. */
const TOOL_USE_ID: Schema = { kind: "string", pattern: /^[a-zA-Z0-9_-]+$/ };

/** Blocks whose inside is the business of a server tool or of a beta: their tag alone is known. */
const OPAQUE_BLOCKS = [
  "search_result",
  "server_tool_use",
  "web_search_tool_result",
  "web_fetch_tool_result",
  "code_execution_tool_result",
  "bash_code_execution_tool_result",
  "text_editor_code_execution_tool_result",
  "tool_search_tool_result",
  "advisor_tool_result",
  "mcp_tool_use",
  "mcp_tool_result",
  "mcp_tool_listing",
  "container_upload",
  "compaction",
  "tool_addition",
  "tool_removal",
  "tool_reference",
  "fallback",
];

/** Where the bytes of an image or of a document come from; new kinds are taken as they are. */
const SOURCE = tagged(
  {
    base64: object({ type: ANY, media_type: STRING, data: STRING }, { inside: true }),
    text: object({ type: ANY, media_type: STRING, data: STRING }, { inside: true }),
    url: object({ type: ANY, url: STRING }, { inside: true }),
    file: object({ type: ANY, file_id: STRING }, { inside: true }),
    content: object({ type: ANY, content: ANY }, { inside: true }),
  },
  { others: /^/ },
);

const IMAGE_BLOCK = block({ source: SOURCE, transformations: ANY }, ["source"]);
const DOCUMENT_BLOCK = block({ source: SOURCE, citations: ANY, title: STRING, context: STRING }, ["source"]);

/** A block of a result: what it may be grows with the tools of Anthropic. */
const RESULT_BLOCK = tagged({ text: TEXT_BLOCK, image: IMAGE_BLOCK, document: DOCUMENT_BLOCK }, { others: /^/ });

const BLOCK = tagged({
  text: TEXT_BLOCK,
  image: IMAGE_BLOCK,
  document: DOCUMENT_BLOCK,
  thinking: object({ thinking: STRING, signature: STRING }, { required: ["thinking", "signature"] }),
  redacted_thinking: object({ data: STRING }, { required: ["data"] }),
  tool_use: block({ id: TOOL_USE_ID, name: STRING, input: OBJECT, caller: ANY, toolset_name: STRING }, [
    "id",
    "name",
    "input",
  ]),
  tool_result: block(
    {
      tool_use_id: TOOL_USE_ID,
      content: { kind: "text-or-list", of: RESULT_BLOCK },
      is_error: BOOLEAN,
      toolset_name: STRING,
    },
    ["tool_use_id"],
  ),
  ...Object.fromEntries(OPAQUE_BLOCKS.map((tag) => [tag, OBJECT])),
});

/** A message of the system that only says how much effort the next turn takes needs no content. */
const WITHOUT_CONTENT: SparedField = { field: "content", where: ["role", "system"], beside: "output_config" };

const messageWith = (...roles: string[]): Schema =>
  object(
    { role: oneOf(...roles), content: { kind: "text-or-list", of: BLOCK }, output_config: ANY, clear_at: ANY },
    { required: ["role", "content"], spare: WITHOUT_CONTENT, inside: true },
  );

const TOOL = tagged(
  {
    custom: object(
      {
        name: { kind: "string", pattern: /^[a-zA-Z0-9_-]{1,128}$/ },
        type: ANY,
        description: STRING,
        input_schema: object({ type: oneOf("object") }, { required: ["type"] }),
        allowed_callers: ANY,
        defer_loading: ANY,
        eager_input_streaming: ANY,
        input_examples: ANY,
        strict: ANY,
        ...CACHED,
      },
      { required: ["name", "input_schema"], nullable: ["cache_control"], inside: true },
    ),
  },
  // Tools of Anthropic carry the day of their version, but for three.
  { untagged: "custom", others: /^(?:[a-z][a-z0-9_]{0,63}_\d{8}|mcp_toolset|tool_search_tool_(?:bm25|regex))$/ },
);

const THINKING = tagged({
  enabled: object({ budget_tokens: { kind: "integer", minimum: 1024 } }, { required: ["budget_tokens"] }),
  adaptive: OBJECT,
  disabled: OBJECT,
  between_tools: OBJECT,
});

const CHOICE: Readonly<Record<string, Schema>> = { type: ANY, disable_parallel_tool_use: ANY };

const TOOL_CHOICE = tagged({
  auto: object(CHOICE, { inside: true }),
  any: object(CHOICE, { inside: true }),
  none: object(CHOICE, { inside: true }),
  tool: object({ ...CHOICE, name: STRING }, { required: ["name"], inside: true }),
});

/** Fields that say what is read, and with which tools. */
const READ: Readonly<Record<string, Schema>> = {
  system: { kind: "text-or-list", of: SYSTEM_BLOCK },
  tools: list(TOOL),
  tool_choice: TOOL_CHOICE,
  thinking: THINKING,
  output_config: object({ effort: ANY, format: ANY, task_budget: ANY }, { inside: true }),
  cache_control: CACHE_CONTROL,
  speed: STRING,
};

/** Fields that say how the answer is made. */
const ANSWER: Readonly<Record<string, Schema>> = {
  max_tokens: { kind: "integer", minimum: 1 },
  metadata: object({ user_id: STRING }, { nullable: ["user_id"], inside: true }),
  stop_sequences: list(STRING),
  temperature: { kind: "number", minimum: 0, maximum: 1 },
  top_p: { kind: "number", minimum: 0, maximum: 1 },
  top_k: { kind: "integer", minimum: 0 },
  service_tier: oneOf("auto", "standard_only"),
  container: ANY,
  inference_geo: STRING,
  diagnostics: OBJECT,
  user_profile_id: STRING,
};

/** Fields that belong to a beta, and what they hold. */
const BETA_FIELDS: Readonly<Record<string, Schema>> = {
  context_management: OBJECT,
  mcp_servers: list(OBJECT),
  output_format: OBJECT,
  compaction: OBJECT,
  fallbacks: ANY,
  fallback_credit_token: ANY,
  billing_policy: ANY,
  thread: OBJECT,
};

/** Fields that may be `null`, as the types of @anthropic-ai/sdk 1.11.0 have them. */
const NULLABLE = ["cache_control", "container", "diagnostics", "inference_geo", "speed", ...Object.keys(BETA_FIELDS)];

type Make = (form: MessagesForm) => ObjectSchema;

const messagesOf = ({ systemRole }: MessagesForm): Schema =>
  list(systemRole ? messageWith("user", "assistant", "system") : messageWith("user", "assistant"), 1);

const betaFieldsOf = ({ betaFields }: MessagesForm): Readonly<Record<string, Schema>> =>
  betaFields ? BETA_FIELDS : {};

/** Four schemas at most of each kind: made when first asked for. */
function remembered(make: Make): Make {
  const made = new Map<number, ObjectSchema>();
  return (form) => {
    const key = (form.systemRole ? 1 : 0) + (form.betaFields ? 2 : 0);
    const schema = made.get(key) ?? make(form);
    made.set(key, schema);
    return schema;
  };
}

/**
 * The body of CreateMessage.
 *
 * @see {@link https://platform.claude.com/docs/en/api/messages | Create a message}
 */
export const createMessageSchema: Make = remembered((form) =>
  object(
    { model: STRING, stream: BOOLEAN, messages: messagesOf(form), ...READ, ...ANSWER, ...betaFieldsOf(form) },
    { required: ["model", "max_tokens", "messages"], nullable: NULLABLE, closed: true },
  ),
);

/**
 * The body of CountTokens.
 *
 * @see {@link https://platform.claude.com/docs/en/api/messages-count-tokens | Count tokens}
 */
export const countTokensSchema: Make = remembered((form) =>
  object(
    { model: STRING, messages: messagesOf(form), ...READ, ...betaFieldsOf(form) },
    { required: ["model", "messages"], nullable: NULLABLE, closed: true },
  ),
);

/** Versions in use: the SDK for Bedrock sends the second since its 1.0. */
const BEDROCK_VERSIONS = oneOf("bedrock-2023-05-31", "2026-10-21");

/**
 * The body of InvokeModel: the model is in the path, and the path says whether it streams.
 *
 * @see {@link https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-anthropic-claude-messages-request-response.html | Anthropic Claude Messages API request and response}
 */
export const invokeModelSchema: Make = remembered((form) =>
  object(
    {
      anthropic_version: BEDROCK_VERSIONS,
      anthropic_beta: list(STRING),
      messages: messagesOf(form),
      ...READ,
      ...ANSWER,
      ...BETA_FIELDS,
    },
    {
      required: ["anthropic_version", "max_tokens", "messages"],
      nullable: NULLABLE,
      forbidden: ["model", "stream"],
      closed: true,
    },
  ),
);

/**
 * The fields of InvokeModel that Converse passes on as they are, in `additionalModelRequestFields`, beside its own tools.
 *
 * @see {@link https://docs.aws.amazon.com/bedrock/latest/userguide/conversation-inference-call.html | Using the Converse API}
 */
export const modelFieldsSchema: Make = remembered((form) => ({
  ...invokeModelSchema(form),
  // The name that Converse has for `thinking` of Claude 3.7.
  fields: { ...invokeModelSchema(form).fields, reasoning_config: OBJECT },
  required: [],
}));

/** The body of InvokeModel that is only counted: it need not say how the answer is made. */
export const countedInvokeModelSchema: Make = remembered((form) => ({
  ...invokeModelSchema(form),
  required: ["messages"],
}));

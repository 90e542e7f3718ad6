import type { MessagesForm } from "../../exchange/operation.ts";
import { ANY, BOOLEAN, list, object, OBJECT, type ObjectSchema, oneOf, type Schema, STRING, tagged } from "./schema.ts";

/** A marker of prompt caching; Claude Code 2.1.329 adds a `scope`. */
const CACHE_CONTROL: Schema = object({ type: oneOf("ephemeral"), ttl: oneOf("5m", "1h") }, { required: ["type"] });
const CACHED = { cache_control: CACHE_CONTROL } as const;
const NULLABLE_CACHE = { nullable: ["cache_control", "citations", "title", "context"] } as const;

const block = (fields: Readonly<Record<string, Schema>>, required: readonly string[]): ObjectSchema =>
  object({ ...fields, ...CACHED }, { required, ...NULLABLE_CACHE });

const TEXT_BLOCK = block({ text: STRING, citations: list(ANY) }, ["text"]);

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

const BLOCK = tagged({
  text: TEXT_BLOCK,
  image: block({ source: OBJECT }, ["source"]),
  document: block({ source: OBJECT }, ["source"]),
  thinking: object({ thinking: STRING, signature: STRING }, { required: ["thinking", "signature"] }),
  redacted_thinking: object({ data: STRING }, { required: ["data"] }),
  tool_use: block({ id: TOOL_USE_ID, name: STRING, input: OBJECT }, ["id", "name", "input"]),
  tool_result: block({ tool_use_id: TOOL_USE_ID, content: { kind: "text-or-list", of: OBJECT }, is_error: BOOLEAN }, [
    "tool_use_id",
  ]),
  ...Object.fromEntries(OPAQUE_BLOCKS.map((tag) => [tag, OBJECT])),
});

const messageWith = (...roles: string[]): Schema =>
  object({ role: oneOf(...roles), content: { kind: "text-or-list", of: BLOCK } }, { required: ["role", "content"] });

const TOOL = tagged(
  {
    custom: object(
      {
        name: { kind: "string", pattern: /^[a-zA-Z0-9_-]{1,128}$/ },
        description: STRING,
        input_schema: object({ type: oneOf("object") }, { required: ["type"] }),
        ...CACHED,
      },
      { required: ["name", "input_schema"], nullable: ["cache_control"] },
    ),
  },
  // Tools of Anthropic carry the day of their version.
  { untagged: "custom", others: /^(?:[a-z_]{1,64}_\d{8}|mcp_toolset)$/ },
);

const THINKING = tagged({
  enabled: object({ budget_tokens: { kind: "integer", minimum: 1024 } }, { required: ["budget_tokens"] }),
  adaptive: OBJECT,
  disabled: OBJECT,
  between_tools: OBJECT,
});

const TOOL_CHOICE = tagged({
  auto: OBJECT,
  any: OBJECT,
  none: OBJECT,
  tool: object({ name: STRING }, { required: ["name"] }),
});

/** Fields that say what is read, and with which tools. */
const READ: Readonly<Record<string, Schema>> = {
  system: { kind: "text-or-list", of: tagged({ text: TEXT_BLOCK }) },
  tools: list(TOOL),
  tool_choice: TOOL_CHOICE,
  thinking: THINKING,
  output_config: OBJECT,
  cache_control: CACHE_CONTROL,
  speed: STRING,
};

/** Fields that say how the answer is made. */
const ANSWER: Readonly<Record<string, Schema>> = {
  max_tokens: { kind: "integer", minimum: 1 },
  metadata: object({ user_id: STRING }, { nullable: ["user_id"] }),
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
export const BETA_FIELDS: Readonly<Record<string, Schema>> = {
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

/** The body of InvokeModel that is only counted: it need not say how the answer is made. */
export const countedInvokeModelSchema: Make = remembered((form) => ({
  ...invokeModelSchema(form),
  required: ["messages"],
}));

import type { WireRequest } from "@claude-on-aws/auth/sigv4";
import { describe, expect, test } from "vitest";
import { type RawReply, sendRaw } from "./support/raw-http.ts";
import { GOOD, type GoodProvider, sign, withBody, withHeader } from "./support/requests.ts";
import { BEDROCK_KEY, CREDENTIALS, startFake, WORKSPACE_ID, WORKSPACE_KEY } from "./support/start-fake.ts";

/** A workspace that is only reachable in Europe, and credentials whose session is over. */
const EUROPEAN_WORKSPACE = { id: "wrkspc_Europe", region: "eu-west-1" };
const ENDED = {
  accessKeyId: "ASIAENDED",
  secretAccessKey: "sEcReT/ENDED",
  sessionToken: "ended",
  expiration: new Date(Date.now() - 60_000),
};

const fake = startFake({
  credentials: [...Object.values(CREDENTIALS), ENDED],
  workspaces: [WORKSPACE_ID, EUROPEAN_WORKSPACE],
  deniedModels: ["claude-opus-4-6"],
  // The words in which the services differ; those of the Messages API are asked of the others.
  facts: { schemaWordsOnBedrock: "JSON schema" },
});

type Make = (request: WireRequest, service: string) => WireRequest | Promise<WireRequest>;

/** Status and `error.type` of the Claude API, or status and exception of AWS's JSON. */
type Expected = readonly [status: number, type: string, message?: RegExp];

interface Case {
  readonly name: string;
  readonly make: Make;
  readonly expect: Partial<Record<GoodProvider, Expected>>;
}

/** The same mistake is answered alike by Claude Platform on AWS and the Bedrock Messages endpoint. */
const refused = (anthropic: Expected, bedrock: Expected): Case["expect"] => ({
  "anthropic-aws": anthropic,
  mantle: anthropic,
  bedrock,
});

const UNAUTHENTICATED: Expected = [401, "authentication_error"];
const WRONG_SIGNATURE: Case["expect"] = refused(
  [401, "authentication_error", /signature we calculated does not match/],
  [403, "InvalidSignatureException", /signature we calculated does not match/],
);

const authorizationOf = (request: WireRequest): string =>
  request.headers.find(([name]) => name === "authorization")?.[1] ?? "";

const flipped = (hex: string): string => hex.slice(0, -1) + (hex.endsWith("0") ? "1" : "0");

const daysAgo = (days: number): Date => new Date(Date.now() - days * 86_400_000);

const CASES: readonly Case[] = [
  {
    name: "no authentication",
    make: (request) => request,
    expect: refused(UNAUTHENTICATED, [403, "AccessDeniedException", /^Authorization header is missing$/]),
  },
  {
    name: "a flipped signature",
    make: async (request, service) => {
      const signed = await sign(request, service);
      return withHeader(signed, "authorization", flipped(authorizationOf(signed)));
    },
    expect: WRONG_SIGNATURE,
  },
  {
    name: "a body changed after signing",
    make: async (request, service) => withBody(await sign(request, service), { max_tokens: 17 }),
    expect: WRONG_SIGNATURE,
  },
  {
    name: "a path changed after signing",
    make: async (request, service) => {
      const signed = await sign({ ...request, target: `${request.target}?a=1` }, service);
      return { ...signed, target: request.target };
    },
    expect: WRONG_SIGNATURE,
  },
  {
    name: "a signed header changed on the way",
    make: async (request, service) =>
      withHeader(await sign(request, service), "content-type", "application/json; charset=utf-8"),
    expect: WRONG_SIGNATURE,
  },
  {
    name: "the wrong service in the scope",
    make: (request) => sign(request, "s3"),
    expect: refused(
      [401, "authentication_error", /scoped to correct service/],
      [403, "InvalidSignatureException", /scoped to correct service: 'bedrock'/],
    ),
  },
  {
    name: "another region in the scope than the key was derived for",
    make: async (request, service) => {
      const signed = await sign(request, service);
      return withHeader(signed, "authorization", authorizationOf(signed).replace("/us-east-1/", "/eu-west-1/"));
    },
    expect: WRONG_SIGNATURE,
  },
  {
    name: "a region in the scope that is none",
    make: (request, service) => sign(request, service, { region: "everywhere" }),
    expect: refused(
      [401, "authentication_error", /valid Region, not 'everywhere'/],
      [403, "InvalidSignatureException", /valid Region, not 'everywhere'/],
    ),
  },
  {
    name: "a date two days old",
    make: (request, service) => sign(request, service, { date: daysAgo(2) }),
    expect: refused(
      [401, "authentication_error", /^Signature expired: /],
      [403, "InvalidSignatureException", /^Signature expired: \d{8}T\d{6}Z is now earlier than .* - 5 min\.\)$/],
    ),
  },
  {
    name: "a date two days ahead",
    make: (request, service) => sign(request, service, { date: daysAgo(-2) }),
    expect: refused(
      [401, "authentication_error", /^Signature not yet current: /],
      [403, "InvalidSignatureException", /^Signature not yet current: /],
    ),
  },
  {
    name: "an unknown access key",
    make: (request, service) =>
      sign(request, service, { credentials: { accessKeyId: "AKIDNOBODY", secretAccessKey: "x" } }),
    expect: refused(
      [401, "authentication_error", /security token included in the request is invalid/],
      [403, "UnrecognizedClientException", /^The security token included in the request is invalid\.$/],
    ),
  },
  {
    name: "a session token that was not issued",
    make: (request, service) =>
      sign(request, service, {
        credentials: { accessKeyId: "ASIAEXAMPLE", secretAccessKey: "sEsSiOnSeCrEt/EXAMPLE", sessionToken: "stale" },
      }),
    expect: refused(UNAUTHENTICATED, [403, "UnrecognizedClientException"]),
  },
  {
    name: "an unsigned payload",
    make: (request, service) => sign(request, service, { payloadHash: "UNSIGNED-PAYLOAD" }),
    expect: refused(UNAUTHENTICATED, [403, "InvalidSignatureException"]),
  },
  {
    name: "a garbage Authorization",
    make: (request) => withHeader(request, "authorization", "gibberish here"),
    expect: refused(
      [401, "authentication_error", /requires 'Credential' parameter/],
      [
        403,
        "IncompleteSignatureException",
        /requires 'Credential' parameter\. .*'Signature' parameter\. .*'SignedHeaders' parameter\. .*Authorization=[\w+/]{43}=$/,
      ],
    ),
  },
  {
    name: "an Authorization sent twice",
    make: async (request, service) => {
      const signed = await sign(request, service);
      return { ...signed, headers: [...signed.headers, ["authorization", "AWS4-HMAC-SHA256 x"]] };
    },
    expect: refused(UNAUTHENTICATED, [403, "IncompleteSignatureException"]),
  },
  {
    name: "both authorization and x-api-key",
    make: async (request, service) => withHeader(await sign(request, service), "x-api-key", WORKSPACE_KEY),
    expect: {
      "anthropic-aws": [400, "invalid_request_error", /must not include both 'authorization' and 'x-api-key'/],
      mantle: [400, "invalid_request_error", /must not include both 'authorization' and 'x-api-key'/],
    },
  },
  {
    name: "an API key that nobody was given",
    make: (request) => withHeader(request, "x-api-key", "aws-external-anthropic-api-key-OTHER"),
    expect: { "anthropic-aws": [401, "authentication_error", /^invalid x-api-key$/], mantle: UNAUTHENTICATED },
  },
  {
    name: "an API key of the other family",
    make: (request, service) =>
      withHeader(
        request,
        "authorization",
        `Bearer ${service === "aws-external-anthropic" ? BEDROCK_KEY : WORKSPACE_KEY}`,
      ),
    expect: refused(UNAUTHENTICATED, [403, "AccessDeniedException", /Must start with pre-defined prefix/]),
  },
  {
    name: "a Bedrock API key that nobody was given",
    make: (request) => withHeader(request, "authorization", "Bearer ABSKother"),
    expect: {
      bedrock: [403, "AccessDeniedException", /^Authentication failed: Please make sure your API Key is valid\.$/],
    },
  },
  {
    name: "no workspace ID",
    make: (request, service) => sign(withHeader(request, "anthropic-workspace-id"), service),
    expect: { "anthropic-aws": [400, "invalid_request_error", /anthropic-workspace-id/] },
  },
  {
    name: "a malformed workspace ID",
    make: (request, service) => sign(withHeader(request, "anthropic-workspace-id", "default"), service),
    expect: { "anthropic-aws": [400, "invalid_request_error", /must be a valid workspace ID/] },
  },
  {
    name: "an unknown workspace ID",
    make: (request, service) => sign(withHeader(request, "anthropic-workspace-id", "wrkspc_nobody"), service),
    expect: { "anthropic-aws": [404, "not_found_error"] },
  },
  {
    name: "no anthropic-version",
    make: (request, service) => sign(withHeader(request, "anthropic-version"), service),
    expect: {
      "anthropic-aws": [400, "invalid_request_error", /anthropic-version: header is required/],
      mantle: [400, "invalid_request_error"],
    },
  },
  {
    name: "missing max_tokens",
    make: (request, service) => sign(withBody(request, { max_tokens: undefined }), service),
    expect: refused(
      [400, "invalid_request_error", /^max_tokens: Field required$/],
      [400, "ValidationException", /^Malformed input request: #: required key \[max_tokens\] not found/],
    ),
  },
  {
    name: "no messages",
    make: (request, service) => sign(withBody(request, { messages: [] }), service),
    expect: refused(
      [400, "invalid_request_error", /^messages: /],
      [400, "ValidationException", /^Malformed input request/],
    ),
  },
  {
    name: "missing anthropic_version in the body",
    make: (request, service) => sign(withBody(request, { anthropic_version: undefined }), service),
    expect: { bedrock: [400, "ValidationException", /required key \[anthropic_version\] not found/] },
  },
  {
    name: "a body that is not JSON",
    make: (request, service) => sign({ ...request, body: new TextEncoder().encode("{") }, service),
    expect: refused([400, "invalid_request_error"], [400, "ValidationException", /^Malformed input request/]),
  },
  {
    name: "an unknown model in the body",
    make: (request, service) => sign(withBody(request, { model: "claude-unknown" }), service),
    expect: {
      "anthropic-aws": [404, "not_found_error", /^model: claude-unknown$/],
      mantle: [404, "not_found_error", /^The model 'claude-unknown' does not exist$/],
    },
  },
  {
    name: "an unknown model in the path",
    make: (request, service) => sign({ ...request, target: "/model/anthropic.claude-unknown/invoke" }, service),
    expect: { bedrock: [400, "ValidationException", /^The provided model identifier is invalid\.$/] },
  },
  {
    name: "a model that needs an inference profile",
    make: (request, service) => sign({ ...request, target: "/model/anthropic.claude-opus-4-7/invoke" }, service),
    expect: { bedrock: [400, "ValidationException", /with on-demand throughput isn't supported/] },
  },
  {
    name: "an ARN whose slash is not encoded",
    make: (request, service) => {
      const target = "/model/arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc/invoke";
      return sign({ ...request, target }, service);
    },
    expect: { bedrock: [404, "UnknownOperationException"] },
  },
  {
    name: "an unknown route",
    make: (request, service) => sign({ ...request, target: `${request.target}/nowhere` }, service),
    expect: {
      ...refused([403, "permission_error"], [404, "UnknownOperationException"]),
      mantle: [404, "not_found_error"],
    },
  },
  {
    name: "a body over the limit",
    make: (request, service) =>
      sign({ ...request, body: new Uint8Array(service === "bedrock" ? 25_000_001 : 33_554_433) }, service, {
        payloadHash: "0".repeat(64),
      }),
    expect: refused([413, "request_too_large"], [413, "RequestEntityTooLargeException"]),
  },
];

/** Bodies that no provider takes: what is changed in a good one, and what the Claude API and Bedrock's schema say. */
const BODIES: readonly (readonly [name: string, changed: object, anthropic: RegExp, bedrock: RegExp])[] = [
  [
    "max_tokens of zero",
    { max_tokens: 0 },
    /^max_tokens: Input should be greater than or equal to 1$/,
    /#\/max_tokens: 0 is not greater or equal to 1/,
  ],
  [
    "max_tokens as text",
    { max_tokens: "16" },
    /^max_tokens: Input should be a valid integer$/,
    /#\/max_tokens: expected type: Integer, found: String/,
  ],
  [
    "a temperature of 2",
    { temperature: 2 },
    /^temperature: range: 0\.\.1$/,
    /#\/temperature: 2 is not less or equal to 1/,
  ],
  [
    "a temperature of null",
    { temperature: null },
    /^temperature: Input should be a valid number$/,
    /#\/temperature: expected type: Number, found: Null/,
  ],
  ["a top_p of -1", { top_p: -1 }, /^top_p: range: 0\.\.1$/, /#\/top_p: -1 is not greater or equal to 0/],
  [
    "an unknown field",
    { chat_id: "1" },
    /^chat_id: Extra inputs are not permitted$/,
    /#: extraneous key \[chat_id\] is not permitted/,
  ],
  [
    "messages that are no list",
    { messages: "hi" },
    /^messages: Input should be a valid list$/,
    /#\/messages: expected type: JSONArray, found: String/,
  ],
  [
    "an unknown role",
    { messages: [{ role: "robot", content: "x" }] },
    /^messages\.0\.role: Input should be 'user', 'assistant' or 'system'$/,
    /#\/messages\/0\/role: robot is not a valid enum value/,
  ],
  [
    "a message without content",
    { messages: [{ role: "user" }] },
    /^messages\.0\.content: Field required$/,
    /#\/messages\/0: required key \[content\] not found/,
  ],
  [
    "a block without text",
    { messages: [{ role: "user", content: [{ type: "text" }] }] },
    /^messages\.0\.content\.0\.text\.text: Field required$/,
    /#\/messages\/0\/content\/0: required key \[text\] not found/,
  ],
  [
    "a block of an unknown kind",
    { messages: [{ role: "user", content: [{ type: "smell" }] }] },
    /^messages\.0\.content\.0: Input tag 'smell' found using 'type' does not match any of the expected tags: 'text', /,
    /#\/messages\/0\/content\/0\/type: smell is not a valid enum value/,
  ],
  [
    "a tool without input_schema",
    { tools: [{ name: "f" }] },
    /^tools\.0\.custom\.input_schema: Field required$/,
    /#\/tools\/0: required key \[input_schema\] not found/,
  ],
  [
    "a tool without a name",
    { tools: [{ input_schema: { type: "object" } }] },
    /^tools\.0\.custom\.name: Field required$/,
    /#\/tools\/0: required key \[name\] not found/,
  ],
  [
    "a tool of another API",
    { tools: [{ type: "function", function: {} }] },
    /^tools\.0: Input tag 'function' found/,
    /#\/tools\/0\/type: function is not a valid enum value/,
  ],
  [
    "a thinking budget below 1024",
    { max_tokens: 4096, thinking: { type: "enabled", budget_tokens: 512 } },
    /^thinking\.enabled\.budget_tokens: Input should be greater than or equal to 1024$/,
    /#\/thinking\/budget_tokens: 512 is not greater or equal to 1024/,
  ],
];

/** Bodies of the right form that no model takes: the words are the model's, and Amazon Bedrock passes them on. */
const CONVERSATIONS: readonly (readonly [name: string, changed: object, words: RegExp])[] = [
  [
    "an empty text",
    { messages: [{ role: "user", content: [{ type: "text", text: "" }] }] },
    /^messages: text content blocks must be non-empty$/,
  ],
  [
    "a blank text",
    { messages: [{ role: "user", content: [{ type: "text", text: " \n" }] }] },
    /^messages: text content blocks must contain non-whitespace text$/,
  ],
  [
    "a message without text",
    { messages: [{ role: "user", content: "" }] },
    /^messages\.0: all messages must have non-empty content/,
  ],
  [
    "a first message of the assistant",
    { messages: [{ role: "assistant", content: "x" }] },
    /^messages: first message must use the "user" role$/,
  ],
  [
    "a tool use without its result",
    {
      messages: [
        { role: "user", content: "x" },
        { role: "assistant", content: [{ type: "tool_use", id: "toolu_1", name: "f", input: {} }] },
        { role: "user", content: "y" },
      ],
    },
    /^messages\.1: `tool_use` ids were found without `tool_result` blocks immediately after: toolu_1\. Each `tool_use` block must have/,
  ],
  [
    "a result without its tool use",
    { messages: [{ role: "user", content: [{ type: "tool_result", tool_use_id: "toolu_2", content: "x" }] }] },
    /^messages\.0\.content\.0: unexpected `tool_use_id` found in `tool_result` blocks: toolu_2\./,
  ],
  [
    "a budget above max_tokens",
    { max_tokens: 2000, thinking: { type: "enabled", budget_tokens: 2000 } },
    /^`max_tokens` must be greater than `thinking\.budget_tokens`\./,
  ],
  [
    "a temperature beside thinking",
    { max_tokens: 2000, temperature: 0, thinking: { type: "enabled", budget_tokens: 1024 } },
    /^`temperature` may only be set to 1 when thinking is enabled/,
  ],
  [
    "max_tokens above the largest",
    { max_tokens: 128_001 },
    /^max_tokens: 128001 > (128000|64000), which is the maximum allowed number of output tokens for claude-/,
  ],
  [
    "five markers of caching",
    { system: Array.from({ length: 5 }, () => ({ type: "text", text: "x", cache_control: { type: "ephemeral" } })) },
    /^A maximum of 4 blocks with cache_control may be provided\. Found 5\.$/,
  ],
];

/** The request to a model that takes budgets of thinking, as that of the good request of the Messages endpoint does not. */
const withBudgets = (request: WireRequest, service: string): WireRequest =>
  service === "bedrock-mantle" ? withBody(request, { model: "anthropic.claude-haiku-4-5" }) : request;

const BODY_CASES: readonly Case[] = [
  ...BODIES.map(([name, changed, anthropic, bedrock]): Case => ({
    name,
    make: (request, service) => sign(withBody(request, changed), service),
    expect: refused(
      [400, "invalid_request_error", anthropic],
      [
        400,
        "ValidationException",
        new RegExp(`^Malformed input request: ${bedrock.source}, please reformat your input and try again\\.$`),
      ],
    ),
  })),
  ...CONVERSATIONS.map(([name, changed, words]): Case => ({
    name,
    make: (request, service) => sign(withBody(withBudgets(request, service), changed), service),
    expect: refused([400, "invalid_request_error", words], [400, "ValidationException", words]),
  })),
];

/** Requests that only one provider refuses so. */
const SPECIAL_CASES: readonly Case[] = [
  {
    name: "a body that is declared as a form",
    make: (request, service) => sign(withHeader(request, "content-type", "application/x-www-form-urlencoded"), service),
    expect: refused([400, "invalid_request_error", /^content-type: /], [400, "ValidationException", /^content-type: /]),
  },
  ...["model", "stream"].map((field): Case => ({
    name: `${field} in a body of InvokeModel`,
    make: (request, service) =>
      sign(withBody(request, { [field]: "x", anthropic_beta: ["context-1m-2025-08-07"] }), service),
    expect: {
      bedrock: [
        400,
        "ValidationException",
        new RegExp(
          `^Malformed input request: #: extraneous key \\[${field}\\] is not permitted, please reformat your input and try again\\.$`,
        ),
      ],
    },
  })),
  {
    name: "an anthropic_version that does not exist",
    make: (request, service) => sign(withBody(request, { anthropic_version: "2023-06-01" }), service),
    expect: { bedrock: [400, "ValidationException", /#\/anthropic_version: 2023-06-01 is not a valid enum value/] },
  },
  {
    name: "an unknown beta",
    make: (request, service) =>
      sign(withBody(request, { anthropic_beta: ["interleaved-thinking-2025-05-14", "made-up-2026-01-01"] }), service),
    expect: { bedrock: [400, "ValidationException", /^invalid beta flag$/] },
  },
  {
    name: "a beta that only the first party knows",
    make: (request, service) =>
      sign(withBody(request, { anthropic_beta: ["prompt-caching-scope-2026-01-05"] }), service),
    expect: { bedrock: [400, "ValidationException", /^invalid beta flag$/] },
  },
  {
    name: "a version that does not exist",
    make: (request, service) => sign(withHeader(request, "anthropic-version", "2024-01-01"), service),
    expect: {
      "anthropic-aws": [400, "invalid_request_error", /is not a valid version/],
      mantle: [400, "invalid_request_error"],
    },
  },
  {
    name: "output_config.format",
    make: (request, service) =>
      sign(withBody(request, { output_config: { format: { type: "json_schema" } } }), service),
    expect: { mantle: [400, "invalid_request_error", /^output_config\.format: /] },
  },
  {
    name: "inference_geo with a model of the 4.5 generation",
    make: (request, service) => sign(withBody(request, { model: "claude-opus-4-5", inference_geo: "us" }), service),
    expect: { "anthropic-aws": [400, "invalid_request_error", /inference_geo/] },
  },
  ...[
    "us.anthropic.claude-sonnet-4-6",
    "anthropic.claude-sonnet-4-6",
    "arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-sonnet-4-6",
  ].map((model): Case => ({
    name: `${model}, an ID of Bedrock, in the body`,
    make: (request, service) => sign(withBody(request, { model }), service),
    expect: { "anthropic-aws": [404, "not_found_error", /^model: /] },
  })),
  ...["us.anthropic.claude-opus-4-7", "claude-opus-4-7"].map((model): Case => ({
    name: `${model}, an ID of another service, in the body`,
    make: (request, service) => sign(withBody(request, { model }), service),
    expect: { mantle: [404, "not_found_error", new RegExp(`^The model '${model}' does not exist$`)] },
  })),
  ...[
    ["an ID of the Claude API", "claude-sonnet-4-6"],
    ["a geography of another region", "eu.anthropic.claude-sonnet-4-6"],
    ["a geography of Asia", "apac.anthropic.claude-opus-4-6-v1"],
    ["a geography that the model is not in", "global.anthropic.claude-opus-4-1-20250805-v1:0"],
    ["a geography that does not exist", "ca.anthropic.claude-sonnet-4-6"],
    ["a version that the model does not have", "us.anthropic.claude-opus-4-8-v1"],
    [
      "the ARN of a profile of another region",
      "arn:aws:bedrock:eu-west-1:123456789012:inference-profile%2Feu.anthropic.claude-sonnet-4-6",
    ],
    [
      "the ARN of a model of another region",
      "arn:aws:bedrock:eu-west-1::foundation-model%2Fanthropic.claude-sonnet-4-6",
    ],
  ].map(([name, id]): Case => ({
    name: `${name} in the path`,
    make: (request, service) => sign({ ...request, target: `/model/${id}/invoke` }, service),
    expect: { bedrock: [400, "ValidationException", /^The provided model identifier is invalid\.$/] },
  })),
  {
    name: "a model to which access was not granted",
    make: (request, service) =>
      service === "bedrock"
        ? sign({ ...request, target: "/model/us.anthropic.claude-opus-4-6-v1/invoke" }, service)
        : sign(
            withBody(request, {
              model: service === "bedrock-mantle" ? "anthropic.claude-opus-4-6" : "claude-opus-4-6",
            }),
            service,
          ),
    expect: {
      "anthropic-aws": [404, "not_found_error", /^model: claude-opus-4-6$/],
      bedrock: [403, "AccessDeniedException", /^You don't have access to the model with the specified model ID\.$/],
      mantle: [
        403,
        "permission_error",
        /^anthropic\.claude-opus-4-6 is not available for this account\. You can explore/,
      ],
    },
  },
  {
    name: "a workspace of another region",
    make: (request, service) => sign(withHeader(request, "anthropic-workspace-id", EUROPEAN_WORKSPACE.id), service),
    expect: { "anthropic-aws": [404, "not_found_error", /^Workspace wrkspc_Europe not found\.$/] },
  },
  {
    name: "a session that has ended",
    make: (request, service) => sign(request, service, { credentials: ENDED, date: new Date(Date.now() - 1000) }),
    expect: refused(
      [401, "authentication_error", /^The security token included in the request is expired$/],
      [403, "ExpiredTokenException", /^The security token included in the request is expired$/],
    ),
  },
  {
    name: "a key of the Claude Console",
    make: (request) => withHeader(request, "authorization", "Bearer sk-ant-api03-EXAMPLE"),
    expect: refused(UNAUTHENTICATED, [403, "AccessDeniedException", /Must start with pre-defined prefix/]),
  },
];

/** Bodies of Converse, and what the operation says of them. */
const CONVERSE_CASES: readonly (readonly [name: string, body: object, words: RegExp])[] = [
  [
    "no messages",
    {},
    /^1 validation error detected: Value at 'messages' failed to satisfy constraint: Member must not be null$/,
  ],
  [
    "an empty list of messages",
    { messages: [] },
    /at 'messages' failed to satisfy constraint: Member must have length greater than or equal to 1$/,
  ],
  [
    "content as text",
    { messages: [{ role: "user", content: "hi" }] },
    /^1 validation error detected: Value at 'messages\.1\.member\.content' failed to satisfy constraint: Member must be a list$/,
  ],
  [
    "an unknown role",
    { messages: [{ role: "robot", content: [{ text: "x" }] }] },
    /^1 validation error detected: Value 'robot' at 'messages\.1\.member\.role' failed to satisfy constraint: Member must satisfy enum value set: \[user, assistant, system\]$/,
  ],
  [
    "a block of an unknown kind",
    { messages: [{ role: "user", content: [{ type: "text" }] }] },
    /Member must have one of \[text, image/,
  ],
  [
    "a temperature of 2",
    { messages: HELLO(), inferenceConfig: { temperature: 2 } },
    /Value '2' at 'inferenceConfig\.temperature' failed to satisfy constraint: Member must have value less than or equal to 1$/,
  ],
  [
    "too many tokens",
    { messages: HELLO(), inferenceConfig: { maxTokens: 64_001 } },
    /^The maximum tokens you requested exceeds the model limit of 64000\. /,
  ],
  [
    "a tool without a schema",
    { messages: HELLO(), toolConfig: { tools: [{ toolSpec: { name: "f" } }] } },
    /at 'toolConfig\.tools\.1\.member\.toolSpec\.inputSchema' failed to satisfy constraint: Member must not be null$/,
  ],
  [
    "a first message of the assistant",
    { messages: [{ role: "assistant", content: [{ text: "x" }] }] },
    /^A conversation must start with a user message\. /,
  ],
  [
    "two messages of the user",
    { messages: [...HELLO(), ...HELLO()] },
    /^A conversation must alternate between user and assistant roles\. /,
  ],
  [
    "a message without blocks",
    { messages: [{ role: "user", content: [] }] },
    /^The content field in the Message object at messages\.0 is empty\. /,
  ],
  [
    "a blank text",
    { messages: [{ role: "user", content: [{ text: " " }] }] },
    /^The text field in the ContentBlock object at messages\.0\.content\.0 is blank\. /,
  ],
  [
    "a tool use without its result",
    {
      messages: [
        ...HELLO(),
        { role: "assistant", content: [{ toolUse: { toolUseId: "t1", name: "f", input: {} } }] },
        ...HELLO(),
      ],
      toolConfig: TOOLS(),
    },
    /^Expected toolResult blocks at messages\.2\.content for the following Ids: t1$/,
  ],
  [
    "a result without its tool use",
    { messages: [{ role: "user", content: [{ toolResult: { toolUseId: "t2", content: [] } }] }], toolConfig: TOOLS() },
    /^The number of toolResult blocks at messages\.0\.content exceeds /,
  ],
  [
    "tools that are not declared",
    {
      messages: [
        ...HELLO(),
        { role: "assistant", content: [{ toolUse: { toolUseId: "t1", name: "f", input: {} } }] },
        { role: "user", content: [{ toolResult: { toolUseId: "t1", content: [] } }] },
      ],
    },
    /^The toolConfig field must be defined when using toolUse and toolResult content blocks\.$/,
  ],
  [
    "an unknown beta",
    { messages: HELLO(), additionalModelRequestFields: { anthropic_beta: ["made-up-2026-01-01"] } },
    /^The model returned the following errors: invalid beta flag$/,
  ],
];

/** Bodies of CountTokens of Amazon Bedrock. */
const COUNT_CASES: readonly (readonly [name: string, body: object, words: RegExp])[] = [
  ["no input", {}, /at 'input' failed to satisfy constraint: Member must not be null$/],
  ["input of neither kind", { input: { chat: {} } }, /Member must have one of \[invokeModel, converse\]$/],
  [
    "a body that is not JSON",
    { input: { invokeModel: { body: btoa("{") } } },
    /^Malformed input request: the body is not a JSON object/,
  ],
  [
    "a body without messages",
    { input: { invokeModel: { body: btoa("{}") } } },
    /#: required key \[messages\] not found/,
  ],
  ["a conversation of the wrong form", { input: { converse: { messages: [] } } }, /at 'messages' failed/],
];

function HELLO(): object[] {
  return [{ role: "user", content: [{ text: "hello" }] }];
}

function TOOLS(): object {
  return { tools: [{ toolSpec: { name: "f", inputSchema: { json: { type: "object" } } } }] };
}

const rows = [...CASES, ...BODY_CASES, ...SPECIAL_CASES].flatMap(({ name, make, expect: expected }) =>
  Object.entries(expected).map(([provider, answer]) => ({ name, make, provider: provider as GoodProvider, answer })),
);

describe("the fake answers", () => {
  test.each(Object.entries(GOOD))("a good request to %s with 200", async (_, { service, request }) => {
    const { port } = fake.server;

    expect(await sendRaw(port, await sign(request(port), service))).toMatchObject({ status: 200 });
  });

  test.each(rows)("$name to $provider with $answer.0 $answer.1", async ({ make, provider, answer }) => {
    const { port } = fake.server;
    const { service, request } = GOOD[provider];
    const reply = await sendRaw(port, await make(request(port), service));
    const [status, type, message = /./] = answer;
    const body = JSON.parse(reply.body);

    expect(reply.status).toBe(status);
    expect(reply.headers).toMatchObject({
      "content-type": "application/json",
      "x-amzn-requestid": expect.stringMatching(UUID),
    });
    if (provider === "bedrock") {
      expect(reply.headers["x-amzn-errortype"]).toMatch(
        new RegExp(`^${type}:http://internal\\.amazon\\.com/coral/com\\.amazon\\.`),
      );
      expect(body.message ?? body.Message).toMatch(message);
    } else {
      expect(body).toEqual({
        type: "error",
        error: { type, message: expect.stringMatching(message) },
        request_id: reply.headers["request-id"],
      });
      expect(reply.headers["request-id"]).toMatch(/^req_01\w{22}$/);
    }
    const entry = fake.core.journal.snapshot().exchanges.at(-1);
    expect(entry).toMatchObject({ provider, reply: { status } });
    expect(reply.headers).toMatchObject({
      "x-claude-on-aws-hint": expect.stringMatching(/^[A-Z][A-Z_]+: [\x20-\x7e]{1,180}$/),
      "x-claude-on-aws-exchange": `http://127.0.0.1:${port}/_fake/exchanges/${entry?.id}`,
    });
  });

  const { request: invoke } = GOOD.bedrock;
  const post = (operation: string, body: object): Promise<RawReply> => {
    const { port } = fake.server;
    const made = invoke(port);
    const bytes = new TextEncoder().encode(JSON.stringify(body));
    return sign({ ...made, target: made.target.replace("/invoke", operation), body: bytes }, "bedrock").then((signed) =>
      sendRaw(port, signed),
    );
  };

  test.each([
    ...["/converse", "/converse-stream"].flatMap((operation) =>
      CONVERSE_CASES.map(([name, body, words]) => ({ operation, name, body, words })),
    ),
    ...COUNT_CASES.map(([name, body, words]) => ({ operation: "/count-tokens", name, body, words })),
  ])("$name to $operation with 400", async ({ operation, body, words }) => {
    const reply = await post(operation, body);

    expect(reply.status).toBe(400);
    expect(reply.headers["x-amzn-errortype"]).toMatch(/^ValidationException:/);
    expect(JSON.parse(reply.body).message).toMatch(words);
  });

  test("a wrong signature to bedrock with the canonical request and the string to sign", async () => {
    const { port } = fake.server;
    const signed = await sign(GOOD.bedrock.request(port), "bedrock");
    const { body } = await sendRaw(port, withHeader(signed, "authorization", flipped(authorizationOf(signed))));

    expect(JSON.parse(body).message).toMatch(
      /\n\nThe Canonical String for this request should have been\n'POST\n\/model\/us\.anthropic\.claude-sonnet-4-5-20250929-v1%253A0\/invoke\n\ncontent-type:application\/json\nhost:127\.0\.0\.1:\d+\n[\s\S]*'\n\nThe String-to-Sign should have been\n'AWS4-HMAC-SHA256\n\d{8}T\d{6}Z\n\d{8}\/us-east-1\/bedrock\/aws4_request\n[0-9a-f]{64}'\n$/,
    );
  });

  test("a signature for another region than the host with a refusal", async () => {
    const { port } = fake.server;
    const { request, service } = GOOD["anthropic-aws"];
    const elsewhere = withHeader(request(port), "host", "aws-external-anthropic.eu-west-1.api.aws");

    expect(await sendRaw(port, await sign(elsewhere, service))).toMatchObject({ status: 401 });
    expect(await sendRaw(port, await sign(elsewhere, service, { region: "eu-west-1" }))).toMatchObject({ status: 200 });
  });

  test("a workspace of another region with 200 at the endpoint of that region", async () => {
    const { port } = fake.server;
    const { request, service } = GOOD["anthropic-aws"];
    const there = withHeader(request(port), "host", "aws-external-anthropic.eu-west-1.api.aws");
    const named = withHeader(there, "anthropic-workspace-id", EUROPEAN_WORKSPACE.id);

    expect(await sendRaw(port, await sign(named, service, { region: "eu-west-1" }))).toMatchObject({ status: 200 });
  });

  test("a route of the IAM table that is not built with 501", async () => {
    const { port } = fake.server;
    const { request, service } = GOOD["anthropic-aws"];
    const reply = await sendRaw(port, await sign({ ...request(port), target: "/v1/skills" }, service));

    expect(reply.status).toBe(501);
    expect(JSON.parse(reply.body).error.message).toMatch(/CreateSkill/);
  });
});

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

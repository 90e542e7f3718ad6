import type { BodyFields, FieldValue } from "../record/body-fields.ts";
import { rowsOf, type WriteRow } from "./rows-of.ts";
import type { JudgedExchange } from "./judged-exchange.ts";
import type { Rule, RuleVerdict } from "./rule.ts";
import { SOURCES } from "./sources.ts";

const row: WriteRow = rowsOf("bodies");

const INVOKE: ReadonlySet<string> = new Set(["InvokeModel", "InvokeModelWithResponseStream"]);
const GENERATE: ReadonlySet<string> = new Set([...INVOKE, "CreateMessage"]);
const WITH_MESSAGES: ReadonlySet<string> = new Set([...GENERATE, "Converse", "ConverseStream"]);

/** Judges the top level of the body of some operations. */
const ofFields =
  (operations: ReadonlySet<string>, judge: (fields: BodyFields, exchange: JudgedExchange) => RuleVerdict) =>
  (exchange: JudgedExchange): RuleVerdict => {
    const { fields, operation = "" } = exchange;
    return fields === undefined || !operations.has(operation) ? "not-applicable" : judge(fields, exchange);
  };

const isEmptyList = (value: FieldValue | undefined): boolean =>
  typeof value === "object" && value !== null && "length" in value && value.length === 0;

/** Judges the body as it was sent; one that was cut or never read says nothing. */
const ofBody =
  (judge: (exchange: JudgedExchange) => RuleVerdict) =>
  (exchange: JudgedExchange): RuleVerdict => {
    const { request, body } = exchange.evidence;
    const isJson = request.method === "POST" && exchange.value("content-type")?.startsWith("multipart/") !== true;
    return body.bytes === 0 || !isJson ? "not-applicable" : judge(exchange);
  };

/** What a request asks for. */
export const BODY_RULES: readonly Rule[] = [
  {
    ...row(
      "body-json-object",
      "fail",
      "The body is a JSON object.",
      "Send the object itself, not text in quotes and not a form.",
      SOURCES.messagesApi,
    ),
    judge: (exchange) => {
      const result = exchange.evidence.checks.find(({ check }) => check === "json");
      if (result === undefined) return "not-applicable";
      return result.fault === undefined ? "pass" : { message: result.fault.message };
    },
  },
  {
    ...row("body-utf8", "fail", "The body is UTF-8.", "Encode the JSON text as UTF-8.", SOURCES.json),
    judge: ofBody(({ evidence }) => (evidence.body.isUtf8 ? "pass" : { message: "The body is not valid UTF-8." })),
  },
  {
    ...row(
      "body-without-byte-order-mark",
      "warn",
      "The body begins without a byte order mark.",
      "Take the mark off where the text is read from a file.",
      SOURCES.json,
    ),
    judge: ofBody(({ evidence }) =>
      evidence.body.hasByteOrderMark ? { message: "The body begins with EF BB BF." } : "pass",
    ),
  },
  {
    ...row(
      "body-names-once",
      "warn",
      "No object in the body has a name twice.",
      "Write each name once: readers differ on which of them counts.",
      SOURCES.json,
    ),
    judge: ofBody(({ evidence: { body } }) => {
      if (!body.isWhole || body.fields === undefined) return "not-applicable";
      const repeated = body.repeatedName;
      return repeated === undefined ? "pass" : { message: `Found twice in one object: ${JSON.stringify(repeated)}.` };
    }),
  },
  {
    ...row(
      "body-size",
      "fail",
      "The body is within the limit of its operation: 32 MB on the Messages API, 25 MB on InvokeModel.",
      "Shorten the conversation, or upload files instead of sending them inline.",
      SOURCES.anthropicErrors,
    ),
    check: "body-size",
    brokenBy: ["body-too-large"],
    appliesTo: ({ evidence }) => evidence.request.method === "POST",
  },
  {
    ...row(
      "get-without-body",
      "warn",
      "A GET carries no body.",
      "Send nothing: what a body means there is not defined, and proxies drop it.",
      SOURCES.httpSemantics,
    ),
    judge: ({ evidence: { request, body } }) => {
      if (request.method !== "GET") return "not-applicable";
      return body.bytes === 0 ? "pass" : { message: `Found a body of ${body.bytes} bytes.` };
    },
  },
  {
    ...row(
      "max-tokens-present",
      "fail",
      "The body says how many tokens may be generated, in max_tokens.",
      "Send max_tokens: it has no default.",
      SOURCES.messagesApi,
    ),
    judge: ofFields(GENERATE, (fields) => {
      const value = fields.get("max_tokens");
      if (typeof value === "number" && Number.isInteger(value) && value > 0) return "pass";
      return {
        message: `Expected a whole number above 0 in max_tokens, found ${value === undefined ? "none" : JSON.stringify(value)}.`,
      };
    }),
  },
  {
    ...row(
      "messages-present",
      "fail",
      "The body holds at least one message.",
      "Send messages, a list of at least one.",
      SOURCES.messagesApi,
    ),
    judge: ofFields(WITH_MESSAGES, (fields) => {
      const value = fields.get("messages");
      const isList = Array.isArray(value) || (typeof value === "object" && value !== null && "length" in value);
      return isList && !isEmptyList(value)
        ? "pass"
        : { message: "Expected a list of at least one message in messages." };
    }),
  },
  {
    ...row(
      "invoke-model-without-model",
      "fail",
      "The body of InvokeModel holds no model: it is in the path.",
      "Take model out of the body.",
      SOURCES.bedrockClaude,
    ),
    judge: ofFields(INVOKE, (fields) => (fields.has("model") ? { message: "Found model in the body." } : "pass")),
  },
  {
    ...row(
      "invoke-model-without-stream",
      "fail",
      "The body of InvokeModel holds no stream: streaming is an operation of its own.",
      "Take stream out of the body, and call /invoke-with-response-stream.",
      SOURCES.bedrockClaude,
    ),
    judge: ofFields(INVOKE, (fields) => (fields.has("stream") ? { message: "Found stream in the body." } : "pass")),
  },
  {
    ...row(
      "bedrock-betas-in-body",
      "warn",
      "Betas of InvokeModel are in the body, as anthropic_beta; the header alone does nothing.",
      'Send "anthropic_beta": [...] in the body.',
      SOURCES.bedrockClaude,
    ),
    judge: ofFields(INVOKE, (fields, { headers }) => {
      if (!headers.has("anthropic-beta")) return "not-applicable";
      return fields.has("anthropic_beta")
        ? "pass"
        : { message: "Found the header anthropic-beta, and no anthropic_beta in the body." };
    }),
  },
  {
    ...row(
      "bedrock-betas-a-list",
      "fail",
      "anthropic_beta of InvokeModel is a list of flags.",
      'Send a list of strings, such as ["context-1m-2025-08-07"].',
      SOURCES.bedrockClaude,
    ),
    judge: ofFields(INVOKE, (fields) => {
      const betas = fields.get("anthropic_beta");
      if (betas === undefined) return "not-applicable";
      return Array.isArray(betas) || isEmptyList(betas)
        ? "pass"
        : { message: "anthropic_beta is not a list of strings." };
    }),
  },
  {
    ...row(
      "betas-known",
      "fail",
      "Every beta flag is one that the service knows: one that it does not know fails the request.",
      "Leave the flag out; CLAUDE_CODE_DISABLE_EXPERIMENTAL_BETAS=1 makes Claude Code leave out most.",
      "https://github.com/anthropics/claude-code-action/issues/1291",
    ),
    check: "betas",
    brokenBy: ["beta-unknown"],
  },
  {
    ...row(
      "model-known",
      "fail",
      "The model is one that this provider serves, under the ID that it has there.",
      "Bare IDs on Claude Platform on AWS, anthropic.… on the Bedrock Messages endpoint, profile IDs such as us.anthropic.… on InvokeModel.",
      SOURCES.claudePlatform,
    ),
    check: "model",
    brokenBy: ["model-unknown", "model-not-served", "profile-unknown"],
  },
  {
    ...row(
      "model-through-profile",
      "fail",
      "A model without on-demand throughput is called through an inference profile.",
      "Put the prefix of the region before the ID (us., eu., global.…), or send the profile's ARN.",
      SOURCES.bedrockClaude,
    ),
    check: "model",
    brokenBy: ["model-needs-profile"],
    appliesTo: ({ provider }) => provider === "bedrock",
  },
  {
    ...row(
      "model-accessible",
      "fail",
      "The account may use the model.",
      "Ask for access to the model, or use one that the account has.",
      SOURCES.bedrockErrors,
    ),
    check: "model-access",
    brokenBy: ["model-access-denied"],
  },
  {
    ...row(
      "body-accepted",
      "fail",
      "The fields of the body are those of the operation, each of its form.",
      "See the message: it names the field.",
      SOURCES.messagesApi,
    ),
    check: "body",
    brokenBy: ["body-invalid"],
  },
  {
    ...row(
      "model-takes-body",
      "fail",
      "The model takes what the body asks of it: the form of thinking, the effort, sampling, prefill, the tools.",
      "See the message, and what the model takes in MODEL_CAPABILITIES of @claude-on-aws/models.",
      "https://platform.claude.com/docs/en/build-with-claude/thinking-troubleshooting",
    ),
    check: "capabilities",
    brokenBy: ["capability-missing"],
  },
];

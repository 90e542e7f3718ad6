/** Where a demand on gateways is written down, or where somebody met what happens without it. */
export interface CheckSource {
  readonly title: string;
  readonly url: string;
}

/** Short names of the sources. */
export type CheckSourceName =
  | "formats"
  | "headers"
  | "attribution"
  | "passThrough"
  | "discovery"
  | "rollout"
  | "contract"
  | "errors"
  | "requestId"
  | "streaming"
  | "thinking"
  | "invokeModel"
  | "responseStream"
  | "signature"
  | "json"
  | "hopByHop"
  | "encoding"
  | "routing"
  | "persistence"
  | "smuggling"
  | "cutStreams"
  | "rewrittenThinking"
  | "lostCaching"
  | "unknownBeta"
  | "estimatedCount"
  | "turnedEventStream"
  | "missingUsage"
  | "encodedArn"
  | "forwardedHeaders"
  | "bufferedMemory"
  | "openStreams";

const PROTOCOL = "https://code.claude.com/docs/en/llm-gateway-protocol";
const ERRORS = "https://platform.claude.com/docs/en/api/errors";

/** The sources of the checks; read in November 2026. */
export const CHECK_SOURCES: Readonly<Record<CheckSourceName, CheckSource>> = {
  formats: { title: "Gateway protocol reference, API formats", url: `${PROTOCOL}#api-formats` },
  headers: { title: "Gateway protocol reference, request headers", url: `${PROTOCOL}#request-headers` },
  attribution: {
    title: "Gateway protocol reference, system prompt attribution block",
    url: `${PROTOCOL}#system-prompt-attribution-block`,
  },
  passThrough: { title: "Gateway protocol reference, feature pass-through", url: `${PROTOCOL}#feature-pass-through` },
  discovery: { title: "Gateway protocol reference, model discovery", url: `${PROTOCOL}#model-discovery` },
  rollout: {
    title: "Roll out an LLM gateway, gateway requirements",
    url: "https://code.claude.com/docs/en/llm-gateway-rollout#gateway-requirements",
  },
  contract: {
    title: "`GET /protocol` of the Claude apps gateway 2.1.332",
    url: "https://code.claude.com/docs/en/claude-apps-gateway",
  },
  errors: { title: "Errors of the Claude API", url: ERRORS },
  requestId: { title: "Errors of the Claude API, request id", url: `${ERRORS}#request-id` },
  streaming: {
    title: "Streaming messages",
    url: "https://platform.claude.com/docs/en/build-with-claude/streaming",
  },
  thinking: {
    title: "Extended thinking, preserving thinking blocks",
    url: "https://platform.claude.com/docs/en/build-with-claude/extended-thinking#preserving-thinking-blocks",
  },
  invokeModel: {
    title: "InvokeModel",
    url: "https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeModel.html",
  },
  responseStream: {
    title: "InvokeModelWithResponseStream",
    url: "https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeModelWithResponseStream.html",
  },
  signature: {
    title: "AWS Signature Version 4 for API requests",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html",
  },
  json: { title: "RFC 8259, 6: numbers", url: "https://www.rfc-editor.org/rfc/rfc8259#section-6" },
  hopByHop: { title: "RFC 9110, 7.6.1: Connection", url: "https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1" },
  encoding: {
    title: "RFC 9110, 12.5.3: Accept-Encoding",
    url: "https://www.rfc-editor.org/rfc/rfc9110#section-12.5.3",
  },
  routing: {
    title: "RFC 9110, 7.4: rejecting misdirected requests",
    url: "https://www.rfc-editor.org/rfc/rfc9110#section-7.4",
  },
  persistence: { title: "RFC 9112, 9.3: persistence", url: "https://www.rfc-editor.org/rfc/rfc9112#section-9.3" },
  smuggling: { title: "RFC 9112, 11.2: request smuggling", url: "https://www.rfc-editor.org/rfc/rfc9112#section-11.2" },
  cutStreams: {
    title: "A cut stream was taken for whole: BerriAI/litellm#32159",
    url: "https://github.com/BerriAI/litellm/issues/32159",
  },
  rewrittenThinking: {
    title: "JSON that was written anew: router-for-me/CLIProxyAPI#2172",
    url: "https://github.com/router-for-me/CLIProxyAPI/issues/2172",
  },
  lostCaching: {
    title: "`cache_control` was lost on the way: maximhq/bifrost#5629",
    url: "https://github.com/maximhq/bifrost/issues/5629",
  },
  unknownBeta: {
    title: "400 for a new beta with each release: BerriAI/litellm#19877",
    url: "https://github.com/BerriAI/litellm/issues/19877",
  },
  estimatedCount: {
    title: "A silent estimate in place of a count: BerriAI/litellm#37102",
    url: "https://github.com/BerriAI/litellm/issues/37102",
  },
  turnedEventStream: {
    title: "An event stream turned into something else: anthropics/claude-code#75298",
    url: "https://github.com/anthropics/claude-code/issues/75298",
  },
  missingUsage: {
    title: "Usage is missing, so cost is: mlflow/mlflow#25793",
    url: "https://github.com/mlflow/mlflow/issues/25793",
  },
  encodedArn: {
    title: "The slash of an ARN in the path: anthropics/claude-code#714",
    url: "https://github.com/anthropics/claude-code/issues/714",
  },
  forwardedHeaders: {
    title: "Forwarded headers broke the signature: BerriAI/litellm#28256",
    url: "https://github.com/BerriAI/litellm/issues/28256",
  },
  bufferedMemory: {
    title: "A gateway that reads on after its client has left: BerriAI/litellm#14384",
    url: "https://github.com/BerriAI/litellm/issues/14384",
  },
  openStreams: {
    title: "A limit of 256 requests at once: oven-sh/bun#12214",
    url: "https://github.com/oven-sh/bun/issues/12214",
  },
};

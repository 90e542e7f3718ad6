/** The release of OpenTelemetry's semantic conventions that the names are of; those for generative AI change with it. */
export const CONVENTIONS_VERSION = "1.41.0";

/**
 * What OpenTelemetry calls what is known of a request.
 *
 * @see {@link https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-spans/ | Spans of generative AI clients}
 * @see {@link https://opentelemetry.io/docs/specs/semconv/http/http-spans/ | Spans of HTTP clients}
 */
export const ATTRIBUTE_NAMES = {
  operation: "gen_ai.operation.name",
  provider: "gen_ai.provider.name",
  model: "gen_ai.request.model",
  maxTokens: "gen_ai.request.max_tokens",
  inputTokens: "gen_ai.usage.input_tokens",
  outputTokens: "gen_ai.usage.output_tokens",
  cacheReadTokens: "gen_ai.usage.cache_read.input_tokens",
  cacheWriteTokens: "gen_ai.usage.cache_creation.input_tokens",
  errorType: "error.type",
  method: "http.request.method",
  resendCount: "http.request.resend_count",
  status: "http.response.status_code",
  serverAddress: "server.address",
  serverPort: "server.port",
  requestId: "aws.request_id",
} as const;

/** What OpenTelemetry calls the providers of `@claude-on-aws/env`. */
export const PROVIDER_NAMES: Readonly<Record<string, string>> = {
  "anthropic-aws": "anthropic",
  bedrock: "aws.bedrock",
  mantle: "aws.bedrock",
};

/** What OpenTelemetry calls the operation behind a path of the Messages API. */
export const OPERATION_NAMES: Readonly<Record<string, string>> = {
  "/v1/messages": "chat",
};

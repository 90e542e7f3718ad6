/** What is measured. */
export interface Metric {
  /** As OpenTelemetry calls it; Prometheus has `_` for `.`, and `_total` behind a counter. */
  readonly name: string;
  readonly kind: "histogram" | "counter" | "observed-counter" | "observed-gauge";
  readonly unit: string;
  readonly meaning: string;
  readonly attributes: readonly string[];
  /** Bounds of the buckets of a histogram. */
  readonly bounds?: readonly number[];
}

/** What the code calls a metric that is taken from the records of requests. */
export type RecordedMetricKey =
  | "duration"
  | "operationDuration"
  | "tokenUsage"
  | "requests"
  | "refusals"
  | "tokens"
  | "spend";

/** What the code calls a metric that is asked for when metrics are collected. */
export type ObservedMetricKey = "active" | "auditLost";

/** What the code calls a metric. */
export type MetricKey = RecordedMetricKey | ObservedMetricKey;

/** Seconds: the conventions' own bounds, and beyond them what a long answer takes. */
const SECONDS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600];

/** Tokens: the bounds that the conventions advise. */
const TOKENS = [1, 4, 16, 64, 256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304];

/**
 * Every metric of a gateway, by what the code calls it. Names with `http.` and `gen_ai.` are OpenTelemetry's own.
 *
 * @see {@link https://opentelemetry.io/docs/specs/semconv/http/http-metrics/ | Metrics of HTTP servers}
 * @see {@link https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-metrics/ | Metrics of generative AI}
 */
export const METRICS: Readonly<Record<MetricKey, Metric>> = {
  duration: {
    name: "http.server.request.duration",
    kind: "histogram",
    unit: "s",
    meaning: "How long requests took, to the last byte of the answer.",
    attributes: ["http.request.method", "http.response.status_code", "http.route", "error.type"],
    bounds: SECONDS,
  },
  active: {
    name: "http.server.active_requests",
    kind: "observed-gauge",
    unit: "{request}",
    meaning: "Requests under way.",
    attributes: [],
  },
  operationDuration: {
    name: "gen_ai.client.operation.duration",
    kind: "histogram",
    unit: "s",
    meaning: "How long it took a service to answer with a message, to its last byte.",
    attributes: ["gen_ai.operation.name", "gen_ai.provider.name", "gen_ai.request.model", "error.type"],
    bounds: SECONDS,
  },
  tokenUsage: {
    name: "gen_ai.client.token.usage",
    kind: "histogram",
    unit: "{token}",
    meaning: "Tokens of a message; what was read from a cache or written to one counts as input.",
    attributes: ["gen_ai.operation.name", "gen_ai.provider.name", "gen_ai.request.model", "gen_ai.token.type"],
    bounds: TOKENS,
  },
  requests: {
    name: "claude_on_aws.gateway.requests",
    kind: "counter",
    unit: "{request}",
    meaning: "Requests by who asked, where they went, and how they ended.",
    attributes: ["claude_on_aws.caller", "claude_on_aws.upstream", "claude_on_aws.outcome"],
  },
  refusals: {
    name: "claude_on_aws.gateway.refusals",
    kind: "counter",
    unit: "{request}",
    meaning: "Requests that the gateway itself refused, by its own code.",
    attributes: ["error.type"],
  },
  tokens: {
    name: "claude_on_aws.gateway.tokens",
    kind: "counter",
    unit: "{token}",
    meaning: "Tokens by who asked; input, output, and what was read from a cache or written to one.",
    attributes: ["claude_on_aws.caller", "gen_ai.request.model", "gen_ai.token.type"],
  },
  spend: {
    name: "claude_on_aws.gateway.spend",
    kind: "counter",
    unit: "USD",
    meaning: "What answers cost, in US dollars, where their price is known.",
    attributes: ["claude_on_aws.caller", "claude_on_aws.upstream", "gen_ai.request.model"],
  },
  auditLost: {
    name: "claude_on_aws.gateway.audit.lost",
    kind: "observed-counter",
    unit: "{line}",
    meaning: "Lines of the audit that could not be written.",
    attributes: [],
  },
};

import type { AwsProvider } from "@claude-on-aws/endpoints";
import type { AuditRecord } from "../audit/audit-record.ts";
import type { Usage } from "../terms/usage.ts";
import { limitNames } from "./limit-names.ts";
import type { RecordedMetricKey } from "./metric-table.ts";

/** Attributes of a measurement. */
export type Attributes = Readonly<Record<string, string | number>>;

/** Something that was measured. */
export interface Measurement {
  readonly metric: RecordedMetricKey;
  readonly value: number;
  readonly attributes: Attributes;
}

/** How many names a dimension has that clients can make up. */
export interface MeasurementLimits {
  /** @default {100} */
  readonly maxCallers?: number | undefined;
  /** @default {100} */
  readonly maxModels?: number | undefined;
  /** @default {50} */
  readonly maxErrors?: number | undefined;
}

/** What OpenTelemetry calls the providers. */
const PROVIDERS: Readonly<Record<AwsProvider, string>> = {
  "anthropic-aws": "anthropic",
  bedrock: "aws.bedrock",
  mantle: "aws.bedrock",
};

/** Operations that give a message. */
const CHAT: ReadonlySet<string> = new Set([
  "CreateMessage",
  "InvokeModel",
  "InvokeModelWithResponseStream",
  "Converse",
  "ConverseStream",
]);

/** Methods that keep their name; the conventions call every other one so. */
const METHODS: ReadonlySet<string> = new Set(["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"]);
const OTHER_METHOD = "_OTHER";

/** What nobody named: a caller that was not recognized, a request that went nowhere. */
const NONE = "none";

const INPUT: readonly (keyof Usage)[] = ["inputTokens", "cacheReadTokens", "cacheWriteTokens", "cacheWriteHourTokens"];

/** Kinds of tokens, and what counts them. */
const TOKEN_TYPES: readonly (readonly [type: string, count: (usage: Usage) => number])[] = [
  ["input", ({ inputTokens }) => inputTokens],
  ["output", ({ outputTokens }) => outputTokens],
  ["cache_read", ({ cacheReadTokens }) => cacheReadTokens],
  ["cache_write", ({ cacheWriteTokens, cacheWriteHourTokens }) => cacheWriteTokens + cacheWriteHourTokens],
];

/**
 * Makes what takes measurements out of the records of requests.
 *
 * @param limits How many names each dimension has.
 * @returns Gives the measurements of a record; it is told the provider that answered last.
 */
export function createMeasurements({ maxCallers = 100, maxModels = 100, maxErrors = 50 }: MeasurementLimits = {}): (
  record: AuditRecord,
  provider: AwsProvider | undefined,
) => readonly Measurement[] {
  const [callers, models, errors] = [limitNames(maxCallers), limitNames(maxModels), limitNames(maxErrors)];
  return (record, provider) => {
    const { status, outcome, durationMs, usage, microUsd } = record;
    const upstream = record.upstreams.at(-1);
    const error = record.error === null ? undefined : errors(record.error);
    // Only a model that a service answered for has a name: anything else can be made up.
    const isAnswered = status !== null && status < 400 && upstream !== undefined;
    const named = record.upstreamModel ?? record.model;
    const model = isAnswered && named !== null ? models(named) : NONE;
    const caller = record.caller === null ? NONE : callers(record.caller);
    const where = { "claude_on_aws.caller": caller, "claude_on_aws.upstream": upstream ?? NONE };
    const found: Measurement[] = [
      {
        metric: "duration",
        value: durationMs / 1000,
        attributes: {
          "http.request.method": METHODS.has(record.method) ? record.method : OTHER_METHOD,
          "http.route": record.operation === null ? NONE : `${record.form}/${record.operation}`,
          ...(status !== null && { "http.response.status_code": status }),
          ...(error !== undefined && { "error.type": error }),
        },
      },
      { metric: "requests", value: 1, attributes: { ...where, "claude_on_aws.outcome": outcome } },
    ];
    if (outcome === "refused") {
      found.push({ metric: "refusals", value: 1, attributes: { "error.type": error ?? NONE } });
    }
    if (microUsd !== null && microUsd > 0) {
      const attributes = { ...where, "gen_ai.request.model": model };
      found.push({ metric: "spend", value: microUsd / 1_000_000, attributes });
    }
    if (usage !== null) {
      for (const [type, count] of TOKEN_TYPES) {
        const attributes = { "claude_on_aws.caller": caller, "gen_ai.request.model": model, "gen_ai.token.type": type };
        if (count(usage) > 0) found.push({ metric: "tokens", value: count(usage), attributes });
      }
    }
    if (provider === undefined || record.operation === null || !CHAT.has(record.operation)) return found;
    const chat = {
      "gen_ai.operation.name": "chat",
      "gen_ai.provider.name": PROVIDERS[provider],
      "gen_ai.request.model": model,
    };
    found.push({
      metric: "operationDuration",
      value: durationMs / 1000,
      attributes: { ...chat, ...(error !== undefined && { "error.type": error }) },
    });
    if (usage === null) return found;
    const input = INPUT.reduce((sum, name) => sum + usage[name], 0);
    for (const [type, value] of [
      ["input", input],
      ["output", usage.outputTokens],
    ] as const) {
      found.push({ metric: "tokenUsage", value, attributes: { ...chat, "gen_ai.token.type": type } });
    }
    return found;
  };
}

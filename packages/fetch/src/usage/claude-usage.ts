import { isObject } from "@claude-on-aws/endpoints";
import { NO_USAGE, type Usage } from "./usage.ts";
import type { Fields } from "./parse-fields.ts";

const count = (value: unknown): number =>
  typeof value === "number" && value > 0 && Number.isFinite(value) ? value : 0;

const inside = (value: unknown): Fields => (isObject(value) ? value : {});

/** Rounds whose tokens are not in the counts of the message: it is summed up, or another model is asked. */
const BESIDE: ReadonlySet<unknown> = /* @__PURE__ */ new Set(["compaction", "advisor_message"]);

/**
 * Reads the `usage` of the Messages API, as messages, `message_start` and `message_delta` have it.
 *
 * @param value What stands there.
 * @returns The tokens, of all rounds; what is no count is 0.
 * @see {@link https://platform.claude.com/docs/en/build-with-claude/prompt-caching | Prompt caching}: which counts hold which tokens.
 * {@link https://platform.claude.com/docs/en/build-with-claude/compaction-threshold | Compaction}: the counts of the message leave
 * its own out, which are in `iterations` alone.
 */
export function readClaudeUsage(value: unknown): Usage {
  const fields = inside(value);
  const message = readCounts(fields);
  if (!Array.isArray(fields["iterations"])) return message;
  let [rounds, beside]: [Usage, Usage] = [NO_USAGE, NO_USAGE];
  for (const iteration of fields["iterations"].map(inside)) {
    const used = readCounts(iteration);
    if (BESIDE.has(iteration["type"])) beside = addUsage(beside, used);
    else rounds = addUsage(rounds, used);
  }
  return addUsage(mergeUsage(message, rounds), beside);
}

function readCounts(fields: Fields): Usage {
  const written = inside(fields["cache_creation"]);
  const hour = count(written["ephemeral_1h_input_tokens"]);
  const minutes = count(written["ephemeral_5m_input_tokens"]);
  const all = count(fields["cache_creation_input_tokens"]);
  return {
    inputTokens: count(fields["input_tokens"]),
    outputTokens: count(fields["output_tokens"]),
    cacheReadTokens: count(fields["cache_read_input_tokens"]),
    cacheWriteTokens: Math.max(minutes, all - hour),
    cacheWriteHourTokens: hour,
    webSearches: count(inside(fields["server_tool_use"])["web_search_requests"]),
  };
}

/**
 * Reads the `usage` of Converse, as its answer and the `metadata` of its stream have it.
 *
 * @param value What stands there.
 * @returns The tokens.
 * @see {@link https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_TokenUsage.html | TokenUsage}
 */
export function readConverseUsage(value: unknown): Usage {
  const fields = inside(value);
  const details = Array.isArray(fields["cacheDetails"]) ? fields["cacheDetails"].map(inside) : [];
  const hour = details.filter(({ ttl }) => ttl === "1h").reduce((sum, { inputTokens }) => sum + count(inputTokens), 0);
  return {
    ...NO_USAGE,
    inputTokens: count(fields["inputTokens"]),
    outputTokens: count(fields["outputTokens"]),
    cacheReadTokens: count(fields["cacheReadInputTokens"]),
    cacheWriteTokens: Math.max(0, count(fields["cacheWriteInputTokens"]) - hour),
    cacheWriteHourTokens: hour,
  };
}

/**
 * Reads what Amazon Bedrock itself counted, in the last chunk of a stream.
 *
 * @param value What `amazon-bedrock-invocationMetrics` holds.
 * @returns The tokens.
 */
export function readInvocationMetrics(value: unknown): Usage {
  const fields = inside(value);
  return {
    ...NO_USAGE,
    inputTokens: count(fields["inputTokenCount"]),
    outputTokens: count(fields["outputTokenCount"]),
    cacheReadTokens: count(fields["cacheReadInputTokenCount"]),
    cacheWriteTokens: count(fields["cacheWriteInputTokenCount"]),
  };
}

/**
 * Puts two readings of one message together. Counts are those of the whole message up to then, so that the larger one holds: added up,
 * input would be counted twice.
 *
 * @param first One.
 * @param second The other.
 * @returns Both.
 */
export function mergeUsage(first: Usage, second: Usage): Usage {
  const larger = (name: keyof Usage): number => Math.max(first[name], second[name]);
  // The end of a stream says how much was written to a cache, and not for how long: that is known from its beginning.
  const written = Math.max(writtenIn(first), writtenIn(second));
  const hour = larger("cacheWriteHourTokens");
  return {
    inputTokens: larger("inputTokens"),
    outputTokens: larger("outputTokens"),
    cacheReadTokens: larger("cacheReadTokens"),
    cacheWriteTokens: Math.max(0, written - hour),
    cacheWriteHourTokens: hour,
    webSearches: larger("webSearches"),
  };
}

const writtenIn = ({ cacheWriteTokens, cacheWriteHourTokens }: Usage): number =>
  cacheWriteTokens + cacheWriteHourTokens;

/**
 * Adds what two requests, or two rounds of one, have used.
 *
 * @example A request and the one after it
 * ```ts
 * import { addUsage, NO_USAGE } from "@claude-on-aws/fetch/usage";
 * import { equal } from "node:assert/strict";
 *
 * const first = { ...NO_USAGE, inputTokens: 10, outputTokens: 2 };
 * const second = { ...NO_USAGE, inputTokens: 14, outputTokens: 3 };
 * equal(addUsage(first, second).inputTokens, 24);
 * ```
 *
 * @param first One.
 * @param second The other.
 * @returns The sum.
 */
export function addUsage(first: Usage, second: Usage): Usage {
  return {
    inputTokens: first.inputTokens + second.inputTokens,
    outputTokens: first.outputTokens + second.outputTokens,
    cacheReadTokens: first.cacheReadTokens + second.cacheReadTokens,
    cacheWriteTokens: first.cacheWriteTokens + second.cacheWriteTokens,
    cacheWriteHourTokens: first.cacheWriteHourTokens + second.cacheWriteHourTokens,
    webSearches: first.webSearches + second.webSearches,
  };
}

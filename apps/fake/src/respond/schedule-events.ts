import type { ClaudeEvent } from "@claude-on-aws/streaming/claude";
import { countTokens } from "../answer/count-tokens.ts";
import { MAX_DELAY_MS } from "../input/max-delay.ts";
import { randomNumbers } from "../input/random-numbers.ts";
import type { ScenarioTiming } from "../settings/scenario/scenario-timing.ts";

const MS_PER_SECOND = 1000;

/**
 * Says when each event of a stream is due.
 *
 * @param events The events, in order.
 * @param timing How fast they come.
 * @returns Milliseconds since the stream began, one number for each event; none is less than the one before.
 */
export function scheduleEvents(events: readonly ClaudeEvent[], timing: ScenarioTiming): number[] {
  const { firstTokenMs = 0, tokensPerSecond, jitter = 0, seed = 0 } = timing;
  const random = randomNumbers(seed);
  let due = firstTokenMs;
  let isFirst = true;
  return events.map((event) => {
    const text = textOf(event);
    if (text !== "" && tokensPerSecond !== undefined && !isFirst) {
      const gap = (countTokens(text) * MS_PER_SECOND) / tokensPerSecond;
      due += jitter === 0 ? gap : gap * (1 + jitter * (2 * random() - 1));
    }
    if (text !== "") isFirst = false;
    return Math.min(due, MAX_DELAY_MS);
  });
}

function textOf(event: ClaudeEvent): string {
  if (event.type !== "content_block_delta") return "";
  switch (event.delta.type) {
    case "text_delta":
      return event.delta.text;
    case "thinking_delta":
      return event.delta.thinking;
    case "input_json_delta":
      return event.delta.partial_json;
    default:
      return "";
  }
}

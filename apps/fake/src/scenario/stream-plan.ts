import type { FrameChange, StreamPlan } from "../exchange/reply.ts";
import { MAX_DELAY_MS } from "../input/max-delay.ts";
import type { ScenarioMessage } from "../settings/scenario/scenario-reply.ts";

/**
 * Decides what happens to a stream while it is sent.
 *
 * @param change What is to be wrong with its frames.
 * @returns `undefined` where it goes out at once and whole.
 */
export function planOf({ eventDelayMs }: ScenarioMessage, change: FrameChange | undefined): StreamPlan | undefined {
  if (eventDelayMs === undefined && change === undefined) return undefined;
  return { eventDelayMs: eventDelayMs && Math.min(eventDelayMs, MAX_DELAY_MS), change };
}

import type { FrameChange, StreamPlan } from "../exchange/reply.ts";
import { MAX_DELAY_MS } from "../input/max-delay.ts";
import type { FakeSettings } from "../settings/fake-settings.ts";
import type { ScenarioMessage } from "../settings/scenario/scenario-reply.ts";
import type { ScenarioTiming } from "../settings/scenario/scenario-timing.ts";

/**
 * Decides what happens to a stream while it is sent.
 *
 * @param change What is to be wrong with its frames.
 * @returns `undefined` where it goes out at once and whole.
 */
export function planOf(
  { eventDelayMs }: ScenarioMessage,
  timing: ScenarioTiming | undefined,
  change: FrameChange | undefined,
  { timers }: Pick<FakeSettings, "timers">,
): StreamPlan | undefined {
  if (eventDelayMs === undefined && timing === undefined && change === undefined) return undefined;
  return { eventDelayMs: eventDelayMs && Math.min(eventDelayMs, MAX_DELAY_MS), timing, change, timers };
}

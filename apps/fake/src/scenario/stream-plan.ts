import type { StreamPlan } from "../exchange/reply.ts";
import { MAX_DELAY_MS } from "../input/max-delay.ts";
import type { FakeSettings } from "../settings/fake-settings.ts";
import type { ScenarioMessage } from "../settings/scenario/scenario-reply.ts";
import type { ScenarioTiming } from "../settings/scenario/scenario-timing.ts";
import { findStreamException } from "./stream-exceptions.ts";

/**
 * Decides what happens to a stream while it is sent.
 *
 * @returns `undefined` where it goes out at once and whole.
 */
export function planOf(
  reply: ScenarioMessage,
  timing: ScenarioTiming | undefined,
  settings: Pick<FakeSettings, "timers">,
): StreamPlan | undefined {
  const plan = framePlanOf(reply);
  return plan === undefined && timing === undefined ? undefined : { ...plan, timing, timers: settings.timers };
}

function framePlanOf(reply: ScenarioMessage): StreamPlan | undefined {
  const { cutAfterEvents, failAfterEvents, exception, exceptionMessage } = reply;
  const eventDelayMs = reply.eventDelayMs && Math.min(reply.eventDelayMs, MAX_DELAY_MS);
  if (exception === undefined && failAfterEvents === undefined) {
    return eventDelayMs === undefined && cutAfterEvents === undefined ? undefined : { eventDelayMs, cutAfterEvents };
  }
  const asked = exception ?? "modelStreamErrorException";
  // In code any name may stand here; one that is unknown is sent as it is.
  const row = findStreamException(asked) ?? { name: asked, errorType: "api_error", message: asked };
  return {
    eventDelayMs,
    failAfterEvents: failAfterEvents ?? 1,
    exception: { name: row.name, errorType: row.errorType, message: exceptionMessage ?? row.message },
  };
}

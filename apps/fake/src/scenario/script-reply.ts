import type { Exchange } from "../exchange/exchange.ts";
import type { Reply } from "../exchange/reply.ts";
import type { FakeSettings } from "../settings/fake-settings.ts";
import type { ScenarioReply } from "../settings/scenario/scenario-reply.ts";
import type { ScenarioTiming } from "../settings/scenario/scenario-timing.ts";
import { type Fault, isFault } from "../terms/faults.ts";
import { PROVIDERS } from "../terms/provider.ts";
import { scriptMessage } from "./script-message.ts";
import { failure, refusal } from "./script-refusal.ts";

/**
 * Makes what is answered out of a reply of a scenario.
 *
 * @returns A reply that the operation can give; a fault where it cannot.
 */
export function scriptReply(
  reply: ScenarioReply,
  exchange: Exchange,
  settings: FakeSettings,
  timing?: ScenarioTiming,
): Reply | Fault {
  const scripted = scriptAny(reply, exchange, settings, timing);
  const isOpen = isFault(scripted) && scripted.name === "overloaded" && scripted.status === undefined;
  if (!isOpen || PROVIDERS[exchange.route.provider].errorShape !== "aws-json") return scripted;
  return { ...scripted, status: settings.facts.overloadStatusOnBedrock };
}

function scriptAny(
  reply: ScenarioReply,
  exchange: Exchange,
  settings: FakeSettings,
  timing: ScenarioTiming | undefined,
): Reply | Fault {
  const isAws = PROVIDERS[exchange.route.provider].errorShape === "aws-json";
  if ("throttle" in reply) {
    return refusal(
      "throttled",
      isAws ? "Too many requests, please wait before trying again." : THROTTLED,
      reply.throttle,
    );
  }
  if ("overload" in reply) return refusal("overloaded", "Overloaded", reply.overload);
  if ("error" in reply) return failure(reply.error);
  return scriptMessage(reply, exchange, settings, timing);
}

const THROTTLED =
  "This request would exceed your organization's rate limit. Reduce the prompt length or the maximum tokens requested, or try again later.";

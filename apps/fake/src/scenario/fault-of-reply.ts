import type { ScenarioFault } from "../settings/scenario/scenario-fault.ts";
import type { ScenarioReply } from "../settings/scenario/scenario-reply.ts";

/**
 * The fault that a reply spells in a word of its own, such as `throttle`.
 *
 * @returns `undefined` where it answers a message, and nothing goes wrong.
 */
export function faultOfReply(reply: ScenarioReply): ScenarioFault | undefined {
  if ("throttle" in reply) return { ...reply.throttle, kind: "throttle" };
  if ("overload" in reply) return { ...reply.overload, kind: "overload" };
  if ("error" in reply) return { ...reply.error, kind: "error" };
  const { cutAfterEvents, failAfterEvents, exception, exceptionMessage } = reply;
  if (exception !== undefined || failAfterEvents !== undefined) {
    return { kind: "exception", afterEvents: failAfterEvents, name: exception, message: exceptionMessage };
  }
  return cutAfterEvents === undefined ? undefined : { kind: "unfinished", afterEvents: cutAfterEvents };
}

import type { ScenarioFault } from "../settings/scenario/scenario-fault.ts";
import type { ScenarioMessage, ScenarioReply } from "../settings/scenario/scenario-reply.ts";

/**
 * The fault that a reply spells in a word of its own, such as `throttle`.
 *
 * @returns `undefined` where it answers a message, and nothing goes wrong.
 */
export function faultOfReply(reply: ScenarioReply): ScenarioFault | undefined {
  // In code what is undefined is left out.
  if ("throttle" in reply && reply.throttle !== undefined) return { ...reply.throttle, kind: "throttle" };
  if ("overload" in reply && reply.overload !== undefined) return { ...reply.overload, kind: "overload" };
  if ("error" in reply && reply.error !== undefined) return { ...reply.error, kind: "error" };
  const { cutAfterEvents, failAfterEvents, exception, exceptionMessage } = reply as ScenarioMessage;
  if (exception !== undefined || failAfterEvents !== undefined) {
    return { kind: "exception", afterEvents: failAfterEvents, name: exception, message: exceptionMessage };
  }
  return cutAfterEvents === undefined ? undefined : { kind: "unfinished", afterEvents: cutAfterEvents };
}

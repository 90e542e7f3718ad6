import { answer } from "../answer/answer.ts";
import { resolveForm } from "../exchange/resolve-form.ts";
import type { MessageForm, Reply, StreamPlan } from "../exchange/reply.ts";
import { composeMessage } from "../answer/compose-message.ts";
import type { GivenBlock } from "../settings/given-block.ts";
import { readConversation } from "../answer/conversation.ts";
import type { Exchange } from "../exchange/exchange.ts";
import { type Fault, type FaultName, FAULTS, fault, isFault } from "../terms/faults.ts";
import type { FakeSettings } from "../settings/fake-settings.ts";
import { PROVIDERS } from "../terms/provider.ts";
import { findHeaderProblem } from "../input/find-header-problem.ts";
import { isErrorStatus } from "../input/is-error-status.ts";
import { MAX_DELAY_MS } from "../input/max-delay.ts";
import type { ScenarioFailure, ScenarioMessage, ScenarioRefusal, ScenarioReply } from "../settings/scenario.ts";
import { findStreamException } from "./stream-exceptions.ts";

/**
 * Makes what is answered out of a reply of a scenario.
 *
 * @returns A reply that the operation can give; a fault where it cannot.
 */
export function scriptReply(reply: ScenarioReply, exchange: Exchange, settings: FakeSettings): Reply | Fault {
  const scripted = scriptAny(reply, exchange, settings);
  const isOpen = isFault(scripted) && scripted.name === "overloaded" && scripted.status === undefined;
  if (!isOpen || PROVIDERS[exchange.route.provider].errorShape !== "aws-json") return scripted;
  return { ...scripted, status: settings.facts.overloadStatusOnBedrock };
}

function scriptAny(reply: ScenarioReply, exchange: Exchange, settings: FakeSettings): Reply | Fault {
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
  return scriptMessage(reply, exchange, settings);
}

const THROTTLED =
  "This request would exceed your organization's rate limit. Reduce the prompt length or the maximum tokens requested, or try again later.";

function refusal(name: FaultName, text: string, { message, retryAfterSeconds, headers }: ScenarioRefusal): Fault {
  const retryAfter = retryAfterSeconds === undefined ? [] : [["retry-after", String(retryAfterSeconds)] as const];
  const sent = [...retryAfter, ...Object.entries(headers ?? {})];
  for (const [header, value] of sent) {
    const problem = findHeaderProblem(header, value);
    if (problem !== undefined) return cannot(`the header ${JSON.stringify(header)}`, problem.expected);
  }
  return fault(name, message ?? text, { headers: sent });
}

/** In code anything may stand where a file is read with care; no client should wait for what cannot be sent. */
const cannot = (what: string, expected: string): Fault =>
  fault("internal", `The scenario answers ${what}, which cannot be sent: expected ${expected}.`);

/** What a status stands for. A status that is not here is answered as the last row of its hundred. */
const STATUS_FAULTS: readonly (readonly [status: number, name: FaultName])[] = [
  [401, "api-key-unknown"],
  [402, "billing"],
  [403, "model-access-denied"],
  [404, "workspace-unknown"],
  [408, "timed-out"],
  [409, "conflict"],
  [413, "body-too-large"],
  [424, "model-error"],
  [429, "throttled"],
  [400, "body-invalid"],
  [503, "unavailable"],
  [504, "timed-out"],
  [529, "overloaded"],
  [500, "internal"],
];

/** What an error without a name and a status is. */
const FALLBACK_STATUS = 500;

function failure({ name, status, ...more }: ScenarioFailure["error"]): Fault {
  if (name !== undefined && !Object.hasOwn(FAULTS, name)) return cannot(`the error "${name}"`, "a name of FAULTS");
  if (status !== undefined && !isErrorStatus(status)) return cannot(`the status ${status}`, "one from 400 to 599");
  const least = status !== undefined && status < 500 ? 400 : 500;
  const row =
    STATUS_FAULTS.find(([candidate]) => candidate === status) ??
    STATUS_FAULTS.find(([candidate]) => candidate === least);
  const found = name ?? row?.[1] ?? "internal";
  // A name was asked for; one that a status stands for would only mislead.
  const asked = name ?? `status ${status ?? FALLBACK_STATUS}`;
  const refused = refusal(found, `The scenario answers ${asked}.`, more);
  return status === undefined || refused.name !== found ? refused : { ...refused, status };
}

const STREAMED: readonly MessageForm[] = ["message-stream", "invoke-model-stream", "converse-stream"];

function scriptMessage(reply: ScenarioMessage, exchange: Exchange, settings: FakeSettings): Reply | Fault {
  const kind = resolveForm(exchange);
  if (kind === undefined) {
    return fault(
      "internal",
      "The scenario answers a message, which this operation cannot: use throttle, overload or error.",
    );
  }
  const plan = planOf(reply);
  if (plan?.exception !== undefined && !STREAMED.includes(kind)) {
    return fault(findStreamException(plan.exception.name)?.fault ?? "internal", plan.exception.message);
  }
  const content = contentOf(reply);
  const { stopReason, stopSequence } = reply;
  const message =
    content === undefined
      ? answer(exchange, settings)
      : composeMessage({ content, stopReason, stopSequence }, readConversation(exchange).maxTokens, exchange, settings);
  return { kind, message, ...(plan === undefined ? {} : { plan }) };
}

function contentOf({ text, content, toolCall }: ScenarioMessage): readonly GivenBlock[] | undefined {
  if (text !== undefined) return text === "" ? [] : [{ type: "text", text }];
  if (toolCall === undefined) return content;
  const { name, input = {}, id } = toolCall;
  return [{ type: "tool_use", name, input, id }];
}

function planOf(reply: ScenarioMessage): StreamPlan | undefined {
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

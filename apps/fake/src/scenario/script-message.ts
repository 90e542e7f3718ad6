import { answer } from "../answer/answer.ts";
import { composeMessage } from "../answer/compose-message.ts";
import { readConversation } from "../answer/conversation.ts";
import type { Exchange } from "../exchange/exchange.ts";
import type { FrameChange, Reply } from "../exchange/reply.ts";
import { resolveForm } from "../exchange/resolve-form.ts";
import type { FakeSettings } from "../settings/fake-settings.ts";
import type { GivenBlock } from "../settings/given-block.ts";
import type { ScenarioMessage } from "../settings/scenario/scenario-reply.ts";
import type { ScenarioTiming } from "../settings/scenario/scenario-timing.ts";
import { type Fault, fault } from "../terms/faults.ts";
import { findChunkProblem } from "./chunk-problem.ts";
import { planOf } from "./stream-plan.ts";
import { findUnsayable } from "./unsayable.ts";

/**
 * Makes a message out of a reply of a scenario.
 *
 * @param change What is to be wrong with the frames of its stream.
 * @returns The message in the form of the operation; a fault where it answers none.
 */
export function scriptMessage(
  reply: ScenarioMessage,
  exchange: Exchange,
  settings: FakeSettings,
  timing: ScenarioTiming | undefined,
  change: FrameChange | undefined,
): Reply | Fault {
  const kind = resolveForm(exchange);
  if (kind === undefined) {
    return fault(
      "internal",
      "The scenario answers a message, which this operation cannot: use throttle, overload or error.",
    );
  }
  const plan = planOf(reply, timing, change, settings);
  const unsayable = kind.startsWith("converse") ? findUnsayable(reply) : undefined;
  if (unsayable !== undefined) {
    return fault(
      "internal",
      `The scenario answers ${unsayable}, for which Converse has no place: use another operation.`,
    );
  }
  const problem = timing && findChunkProblem(reply, timing);
  if (problem !== undefined) return fault("internal", `The scenario cannot time its reply: found ${problem.found}.`);
  const content = contentOf(reply) ?? contentOf({ text: timing?.chunks?.join("") });
  const { stopReason, stopSequence, usage } = reply;
  const message =
    content === undefined
      ? answer(exchange, settings)
      : composeMessage(
          { content, stopReason, stopSequence, usage },
          readConversation(exchange).maxTokens,
          exchange,
          settings,
        );
  return { kind, message, ...(plan === undefined ? {} : { plan }) };
}

function contentOf({ text, json, content, toolCall, toolCalls }: ScenarioMessage): readonly GivenBlock[] | undefined {
  if (text !== undefined) return text === "" ? [] : [{ type: "text", text }];
  if (json !== undefined) return [{ type: "text", text: JSON.stringify(json) }];
  const calls = toolCalls ?? (toolCall && [toolCall]);
  return calls?.map(({ name, input = {}, id }) => ({ type: "tool_use", name, input, id })) ?? content;
}

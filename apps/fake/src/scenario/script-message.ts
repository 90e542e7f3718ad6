import { answer } from "../answer/answer.ts";
import { composeMessage } from "../answer/compose-message.ts";
import { readConversation } from "../answer/conversation.ts";
import type { Exchange } from "../exchange/exchange.ts";
import type { FrameChange, Reply } from "../exchange/reply.ts";
import { resolveForm } from "../exchange/resolve-form.ts";
import type { FakeSettings } from "../settings/fake-settings.ts";
import type { GivenBlock } from "../settings/given-block.ts";
import type { ScenarioMessage } from "../settings/scenario/scenario-reply.ts";
import { type Fault, fault } from "../terms/faults.ts";
import { planOf } from "./stream-plan.ts";

/**
 * Makes a message out of a reply of a scenario.
 *
 * @param change What is to be wrong with the frames of its stream.
 * @returns The message in the form of the operation; a fault where it answers none.
 */
export function scriptMessage(
  reply: ScenarioMessage,
  change: FrameChange | undefined,
  exchange: Exchange,
  settings: FakeSettings,
): Reply | Fault {
  const kind = resolveForm(exchange);
  if (kind === undefined) {
    return fault(
      "internal",
      "The scenario answers a message, which this operation cannot: use throttle, overload or error.",
    );
  }
  const plan = planOf(reply, change);
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

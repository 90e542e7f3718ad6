import { answer } from "../../answer/answer.ts";
import type { Behaviour } from "../../exchange/operation.ts";
import { resolveForm } from "../../exchange/resolve-form.ts";

/**
 * Answers a message.
 *
 * @returns In the form of the operation.
 */
export const answerMessage: Behaviour = (exchange, settings) => ({
  kind: resolveForm(exchange) ?? "message",
  message: answer(exchange, settings),
});

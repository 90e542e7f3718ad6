import { lastUserText } from "../answer/conversation.ts";
import { resolveForm } from "../exchange/resolve-form.ts";
import type { Exchange } from "../exchange/exchange.ts";
import type { ScenarioRequest } from "../settings/scenario/scenario-request.ts";
import type { ScenarioWhen } from "../settings/scenario/scenario-when.ts";

/**
 * Describes an exchange to rows and their functions.
 *
 * @returns What they may decide by.
 */
export function describeRequest({ route, model, input = {} }: Exchange): ScenarioRequest {
  const { messages } = input;
  return {
    provider: route.provider,
    operation: route.operation?.name ?? "",
    model: model?.requested ?? "",
    text: Array.isArray(messages) ? lastUserText(messages) : "",
    input,
  };
}

/**
 * Tells whether a request is one that a row is about.
 *
 * @returns `true` for every message where the row makes no condition.
 */
export function matchesRow(when: ScenarioWhen | undefined, request: ScenarioRequest, exchange: Exchange): boolean {
  const { provider, operation, model, text } = when ?? {};
  if (provider !== undefined && provider !== request.provider) return false;
  const isNamed = operation === undefined ? resolveForm(exchange) !== undefined : named(operation, request.operation);
  if (!isNamed) return false;
  if (model !== undefined && ![request.model, exchange.model?.model ?? ""].some((id) => matchesPattern(model, id))) {
    return false;
  }
  return text === undefined || request.text.includes(text);
}

const named = (operation: string | readonly string[], name: string): boolean =>
  typeof operation === "string" ? operation === name : operation.includes(name);

/**
 * Tells whether a text fits a pattern in which `*` stands for any characters. Each part takes the first place that it
 * finds, which is enough.
 *
 * @returns `true` where the whole text fits.
 */
export function matchesPattern(pattern: string, text: string): boolean {
  const [first = "", ...parts] = pattern.split("*");
  const last = parts.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of parts) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}

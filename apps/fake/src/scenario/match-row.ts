import { lastUserText } from "../answer/conversation.ts";
import { resolveForm } from "../exchange/resolve-form.ts";
import type { Exchange } from "../exchange/exchange.ts";
import type { ScenarioRequest, ScenarioWhen } from "../settings/scenario.ts";

/** What rows and their functions are told of an exchange. */
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

/** Whether a request is one that a row is about. */
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

/** Whether a text fits a pattern in which `*` stands for any characters. Takes the first place for each part, which is enough. */
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

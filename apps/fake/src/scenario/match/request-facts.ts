import { isObject } from "@claude-on-aws/endpoints";
import { lastUserText } from "../../answer/conversation.ts";
import { calledTools, readToolResults, type ToolResult } from "../../answer/tool-results.ts";
import type { Exchange } from "../../exchange/exchange.ts";
import { resolveForm } from "../../exchange/resolve-form.ts";
import type { ScenarioRequest } from "../../settings/scenario/scenario-request.ts";

/** A result of a tool, with the name of the tool where Claude's call of it is among the messages. */
export interface NamedToolResult extends ToolResult {
  readonly name: string | undefined;
}

/** What rows decide by. What costs a walk over the messages is read when the first row asks for it, once. */
export class RequestFacts {
  readonly request: ScenarioRequest;
  /** Whether it asks for a message. */
  readonly isMessage: boolean;
  /** Names of the model: the client's and the fake's. */
  readonly models: readonly string[];
  readonly #exchange: Exchange;
  readonly #messages: readonly unknown[];
  #turn: number | undefined;
  #toolResults: readonly NamedToolResult[] | undefined;

  constructor(exchange: Exchange) {
    const { route, model, input = {} } = exchange;
    this.#exchange = exchange;
    this.#messages = Array.isArray(input["messages"]) ? input["messages"] : [];
    this.isMessage = resolveForm(exchange) !== undefined;
    this.models = [model?.requested ?? "", model?.model ?? ""];
    this.request = {
      provider: route.provider,
      operation: route.operation?.name ?? "",
      model: model?.requested ?? "",
      text: lastUserText(this.#messages),
      input,
    };
  }

  /** 1 where Claude has said nothing yet. */
  get turn(): number {
    return (this.#turn ??= 1 + countTurns(this.#messages));
  }

  /** What tools returned since Claude last spoke. */
  get toolResults(): readonly NamedToolResult[] {
    return (this.#toolResults ??= nameResults(this.#messages));
  }

  /** The values of a header, by its name in lower case. */
  header(name: string): string[] {
    return this.#exchange.request.headers.flatMap(([key, value]) => (key.toLowerCase() === name ? [value] : []));
  }
}

/** How often Claude has spoken: its messages in a row are one, and the beginning of the answer is none. */
function countTurns(messages: readonly unknown[]): number {
  let turns = 0;
  let isOpen = false;
  for (const message of messages) {
    const isClaude = isObject(message) && message["role"] === "assistant";
    if (isOpen && !isClaude) turns++;
    isOpen = isClaude;
  }
  return turns;
}

function nameResults(messages: readonly unknown[]): NamedToolResult[] {
  const results = readToolResults(messages);
  const names = results.length === 0 ? undefined : calledTools(messages);
  return results.map((result) => ({ ...result, name: names?.get(result.id) }));
}

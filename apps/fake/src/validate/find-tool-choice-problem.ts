import { isObject } from "@claude-on-aws/endpoints";
import type { Facts } from "../terms/uncertain-facts.ts";

type JsonObject = Readonly<Record<string, unknown>>;

/**
 * Finds what is wrong with a choice of tools: nothing to choose from, or a tool that is not among them.
 *
 * @param input A body of the Messages API or of InvokeModel that fits its schema.
 * @returns The words of the Claude API, as clients that tried each value quote them.
 */
export function findToolChoiceProblem({ tools, tool_choice: choice }: JsonObject, facts: Facts): string | undefined {
  if (!isObject(choice)) return undefined;
  const offered: readonly unknown[] = Array.isArray(tools) ? tools : [];
  const { type, name } = choice;
  if (type === "tool") return isOffered(offered, name) ? undefined : `Tool '${echo(name)}' not found in provided tools`;
  if (offered.length > 0 || (type !== "any" && (type !== "auto" || facts.autoToolChoiceWithoutTools === "accept"))) {
    return undefined;
  }
  return `tool_choice.${type} may only be specified while providing tools`;
}

/** A set of tools has no name of its own, and nobody knows those of what is in it. */
const isOffered = (tools: readonly unknown[], name: unknown): boolean =>
  tools.some((tool) => !isObject(tool) || typeof tool["name"] !== "string" || tool["name"] === name);

/** A name of the client's is not echoed any longer than this. */
const MAX_ECHO_CHARACTERS = 100;

const echo = (name: unknown): string => String(name).slice(0, MAX_ECHO_CHARACTERS);

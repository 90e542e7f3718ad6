import { isObject } from "@claude-on-aws/endpoints";
import { findModel } from "@claude-on-aws/models";

/** What clients take for an id of Claude, when they look for models behind a base URL. */
const FOUND_BY_CLIENTS = /^(?:claude|anthropic)/;

/**
 * Writes a list of models so that clients find them: in place of an inference profile the model, once, of which the gateway makes
 * a profile again. One that no table knows stays as it is: under another name it could not be asked for.
 *
 * @param bytes The list, as a service or `fetch` wrote it.
 * @param mayAskFor Says of an id whether the caller may ask for it.
 * @returns The same bytes where every id is one that clients find and the caller may ask for.
 * @see {@link https://code.claude.com/docs/en/llm-gateway-protocol | LLM gateway protocol}: ids begin with `claude` or `anthropic`.
 */
export function listModels(bytes: Uint8Array, mayAskFor: (id: string) => boolean): Uint8Array {
  const list = parse(bytes);
  if (!isObject(list) || !Array.isArray(list["data"])) return bytes;
  const models: readonly unknown[] = list["data"];
  if (models.every((model) => FOUND_BY_CLIENTS.test(idOf(model)) && mayAskFor(idOf(model)))) return bytes;
  const byId = new Map<string, unknown>();
  for (const model of models) {
    const id = findModel(idOf(model))?.id ?? idOf(model);
    if (isObject(model) && !byId.has(id) && mayAskFor(id)) byId.set(id, { ...model, id });
  }
  return new TextEncoder().encode(
    JSON.stringify({ ...list, data: [...byId.values()], first_id: byId.keys().next().value ?? null }),
  );
}

const idOf = (model: unknown): string => (isObject(model) && typeof model["id"] === "string" ? model["id"] : "");

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

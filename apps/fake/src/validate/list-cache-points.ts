import { isObject } from "@claude-on-aws/endpoints";
import type { PlacedMarker } from "./find-cache-problem.ts";

type JsonObject = Readonly<Record<string, unknown>>;

/**
 * Lists the cache points of a body of Converse in the order in which they are processed: tools, system, messages. Each
 * becomes a marker of the block before it, and is called after that.
 *
 * @param input A body of Converse that fits its schema.
 * @returns One for each cache point; those inside of a result come before the ones behind it.
 */
export function listCachePoints({ toolConfig, system, messages }: JsonObject): readonly PlacedMarker[] {
  const found: PlacedMarker[] = [];
  const addFrom = (path: string, list: unknown): void => {
    let at = -1;
    for (const item of Array.isArray(list) ? list : []) {
      const { cachePoint, toolResult } = isObject(item) ? item : {};
      if (!isObject(cachePoint)) at++;
      if (isObject(toolResult)) addFrom(`${path}.${at}.tool_result.content`, toolResult["content"]);
      if (isObject(cachePoint)) found.push({ path: `${path}.${Math.max(at, 0)}`, ttl: cachePoint["ttl"] });
    }
  };
  addFrom("tools", isObject(toolConfig) ? toolConfig["tools"] : undefined);
  addFrom("system", system);
  for (const [index, message] of Array.isArray(messages) ? messages.entries() : []) {
    addFrom(`messages.${index}.content`, isObject(message) ? message["content"] : undefined);
  }
  return found;
}

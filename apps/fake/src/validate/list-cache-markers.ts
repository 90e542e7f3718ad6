import { isObject } from "@claude-on-aws/endpoints";
import { objectsOf } from "./objects-of.ts";

type JsonObject = Readonly<Record<string, unknown>>;

/** A marker of prompt caching, and where it is. */
export interface CacheMarker {
  /** The block, without the kind of it: `messages.0.content.1`. */
  readonly path: string;
  /** The block as the service names it where it speaks of fields: `messages.0.content.1.text`. */
  readonly fieldPath: string;
  readonly marker: JsonObject;
}

/**
 * Lists the markers of prompt caching of a body in the order in which they are processed: tools, system, messages.
 * Blocks inside of a result come before the result that holds them. It goes no deeper than that.
 *
 * @param input A body of the Messages API or of InvokeModel that fits its schema.
 * @returns One for each block with `cache_control`.
 */
export function listCacheMarkers({ tools, system, messages }: JsonObject): readonly CacheMarker[] {
  const found: CacheMarker[] = [];
  const add = (path: string, kind: string, block: JsonObject): void => {
    const { cache_control: marker } = block;
    if (isObject(marker)) found.push({ path, fieldPath: kind === "" ? path : `${path}.${kind}`, marker });
  };
  for (const [path, tool] of objectsOf("tools", tools)) add(path, String(tool["type"] ?? "custom"), tool);
  for (const [path, block] of objectsOf("system", system)) add(path, "", block);
  for (const [path, message] of objectsOf("messages", messages)) {
    for (const [at, block] of objectsOf(`${path}.content`, message["content"])) {
      const kind = String(block["type"]);
      if (kind === "tool_result") {
        for (const [inside, item] of objectsOf(`${at}.tool_result.content`, block["content"])) {
          add(inside, String(item["type"]), item);
        }
      }
      add(at, kind, block);
    }
  }
  return found;
}

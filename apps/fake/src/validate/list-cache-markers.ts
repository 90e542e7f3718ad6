import { isObject } from "@claude-on-aws/endpoints";

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
 * Blocks inside of a result come before the result that holds them. It goes no deeper than that. Most blocks have no
 * marker, so that a path is written only for those that have one.
 *
 * @param input A body of the Messages API or of InvokeModel that fits its schema.
 * @returns One for each block with `cache_control`.
 */
export function listCacheMarkers({ tools, system, messages }: JsonObject): readonly CacheMarker[] {
  const found: CacheMarker[] = [];
  forEachObject(tools, (tool, index) => {
    if (isMarked(tool)) found.push(markerOf(tool, String(tool["type"] ?? "custom"), "tools", index));
  });
  forEachObject(system, (block, index) => {
    if (isMarked(block)) found.push(markerOf(block, "", "system", index));
  });
  forEachObject(messages, ({ content }, index) => {
    // Most say text alone: nothing is made for them.
    if (Array.isArray(content)) addMarkersOfMessage(found, content, index);
  });
  return found;
}

function addMarkersOfMessage(found: CacheMarker[], content: readonly unknown[], message: number): void {
  forEachObject(content, (block, at) => {
    const kind = String(block["type"]);
    const steps = ["messages", message, "content", at] as const;
    forEachObject(kind === "tool_result" ? block["content"] : undefined, (item, place) => {
      if (isMarked(item)) found.push(markerOf(item, String(item["type"]), ...steps, "tool_result.content", place));
    });
    if (isMarked(block)) found.push(markerOf(block, kind, ...steps));
  });
}

function markerOf(block: JsonObject, kind: string, ...steps: readonly (string | number)[]): CacheMarker {
  const path = steps.join(".");
  const marker = block["cache_control"] as JsonObject;
  return { path, fieldPath: kind === "" ? path : `${path}.${kind}`, marker };
}

const isMarked = (block: JsonObject): boolean => isObject(block["cache_control"]);

function forEachObject(list: unknown, use: (found: JsonObject, index: number) => void): void {
  if (!Array.isArray(list)) return;
  for (let index = 0; index < list.length; index++) {
    const found: unknown = list[index];
    if (isObject(found)) use(found, index);
  }
}

import type { ClaudeEvent } from "@claude-on-aws/streaming/claude";

/**
 * Writes an event as JSON. Most events of a stream are pieces of a text, which are written without looking at each field.
 *
 * @param event The event.
 * @returns What `JSON.stringify` gives for it.
 */
export function stringifyEvent(event: ClaudeEvent): string {
  if (event.type === "content_block_delta") {
    const { index, delta } = event;
    if (delta.type === "text_delta") return deltaJson(index, `"text_delta","text":${JSON.stringify(delta.text)}`);
    if (delta.type === "input_json_delta") {
      return deltaJson(index, `"input_json_delta","partial_json":${JSON.stringify(delta.partial_json)}`);
    }
  }
  return JSON.stringify(event);
}

const deltaJson = (index: number, rest: string): string =>
  `{"type":"content_block_delta","index":${index},"delta":{"type":${rest}}}`;

import type { ClaudeFraming } from "./claude-event-decoder.ts";

/** Media type of each framing. */
export const CONTENT_TYPES: Readonly<Record<ClaudeFraming, string>> = {
  "event-stream": "application/vnd.amazon.eventstream",
  sse: "text/event-stream",
};

/**
 * Finds the framing that a response names in its content type.
 *
 * @param response The response.
 * @returns The framing; `undefined` where it names something else, `null` where it names nothing.
 */
export function framingOf(response: Response): ClaudeFraming | null | undefined {
  const contentType = response.headers.get("content-type");
  if (contentType === null) return null;
  const mediaType = contentType.split(";", 1)[0]!.trim().toLowerCase();
  if (mediaType === CONTENT_TYPES["event-stream"]) return "event-stream";
  return mediaType === CONTENT_TYPES.sse ? "sse" : undefined;
}

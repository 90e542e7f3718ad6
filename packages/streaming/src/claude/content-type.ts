import type { ClaudeFraming } from "./claude-event-decoder.ts";

/** Media type of each framing. */
export const CONTENT_TYPES: Readonly<Record<ClaudeFraming, string>> = {
  "event-stream": "application/vnd.amazon.eventstream",
  sse: "text/event-stream",
};

/** Framing that a response names in its content type; `undefined` where it names another one, `null` where none. */
export function framingOf(response: Response): ClaudeFraming | null | undefined {
  const contentType = response.headers.get("content-type");
  if (contentType === null) return null;
  const mediaType = contentType.split(";", 1)[0]!.trim().toLowerCase();
  if (mediaType === CONTENT_TYPES["event-stream"]) return "event-stream";
  return mediaType === CONTENT_TYPES.sse ? "sse" : undefined;
}

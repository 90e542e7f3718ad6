import type { AnswerReader } from "./answer-reader.ts";
import { EventStreamReader } from "./event-stream-reader.ts";
import { JsonReader } from "./json-reader.ts";
import { SseReader } from "./sse-reader.ts";

/** How answers are read, by how their media type begins. */
const READERS: readonly (readonly [type: string, make: () => AnswerReader])[] = [
  ["text/event-stream", () => new SseReader()],
  ["application/vnd.amazon.eventstream", () => new EventStreamReader()],
  ["application/json", () => new JsonReader()],
];

/**
 * Makes what reads an answer as it goes by.
 *
 * @param contentType Its media type.
 * @returns The reader; null for what holds neither tokens nor errors.
 */
export function createAnswerReader(contentType: string): AnswerReader | null {
  const type = contentType.toLowerCase();
  return READERS.find(([beginning]) => type.startsWith(beginning))?.[1]() ?? null;
}

import { type ClaudeEvent, decodeClaudeEvents } from "@claude-on-aws/streaming/claude";

/** What an answer has come to so far. */
export interface Answer {
  text: string;
  stopReason: string | null;
  usage: { readonly inputTokens: number | null; readonly outputTokens: number | null } | null;
}

/** What it comes to before anything has come. */
export const NO_ANSWER: Answer = { text: "", stopReason: null, usage: null };

/**
 * Reads an answer as it comes.
 *
 * @param response The answer, streamed.
 * @param answer What is added to.
 * @param write Given each part of the text.
 * @throws {StreamError} Where it breaks off; what had come is in `answer`.
 */
export async function readAnswer(
  response: Response,
  answer: Answer,
  write: ((text: string) => void) | undefined,
): Promise<void> {
  for await (const event of decodeClaudeEvents(response)) {
    const text = textOf(event);
    if (text !== "") {
      answer.text += text;
      write?.(text);
    }
    if (event.type === "message_start") answer.usage = usageOf(event.message.usage, null);
    if (event.type === "message_delta") {
      answer.stopReason = event.delta.stop_reason;
      answer.usage = usageOf(event.usage, answer.usage);
    }
  }
}

function textOf(event: ClaudeEvent): string {
  if (event.type === "content_block_delta" && event.delta.type === "text_delta") return event.delta.text;
  return event.type === "content_block_start" && event.content_block.type === "text" ? event.content_block.text : "";
}

function usageOf(
  { input_tokens, output_tokens }: { readonly input_tokens?: unknown; readonly output_tokens?: unknown },
  before: Answer["usage"],
): Answer["usage"] {
  return {
    inputTokens: typeof input_tokens === "number" ? input_tokens : (before?.inputTokens ?? null),
    outputTokens: typeof output_tokens === "number" ? output_tokens : (before?.outputTokens ?? null),
  };
}

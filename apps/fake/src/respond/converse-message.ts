import {
  citationToConverse,
  type ClaudeContentBlock,
  type ClaudeMessage,
  stopReasonToConverse,
} from "@claude-on-aws/streaming/claude";

/**
 * Writes a message as Converse returns it.
 *
 * @param message The message.
 * @param latencyMs How long the answer took, in milliseconds.
 * @returns The body of the response, to be written as JSON.
 * @see {@link https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html | Converse}
 */
export function converseMessage(message: ClaudeMessage, latencyMs: number): object {
  const { stop_reason: reason, stop_sequence: sequence } = message;
  return {
    metrics: { latencyMs },
    output: { message: { content: message.content.map(converseBlock), role: message.role } },
    stopReason: reason === null ? null : stopReasonToConverse(reason),
    ...(sequence === null ? {} : { additionalModelResponseFields: { stop_sequence: sequence } }),
    usage: converseUsage(message),
  };
}

function converseBlock(block: ClaudeContentBlock): object {
  switch (block.type) {
    case "text":
      return block.citations?.length
        ? { citationsContent: { content: [{ text: block.text }], citations: block.citations.map(citationToConverse) } }
        : { text: block.text };
    case "tool_use":
      return { toolUse: { toolUseId: block.id, name: block.name, input: block.input } };
    case "thinking":
      return { reasoningContent: { reasoningText: { text: block.thinking, signature: block.signature } } };
    case "redacted_thinking":
      return { reasoningContent: { redactedContent: block.data } };
    default:
      return { [block.type]: block };
  }
}

function converseUsage({ usage }: ClaudeMessage): object {
  const [inputTokens, outputTokens] = [usage.input_tokens ?? 0, usage.output_tokens ?? 0];
  const [read, written] = [usage.cache_read_input_tokens ?? 0, usage.cache_creation_input_tokens ?? 0];
  return {
    inputTokens,
    outputTokens,
    totalTokens: inputTokens + outputTokens + read + written,
    cacheReadInputTokens: read,
    cacheWriteInputTokens: written,
  };
}

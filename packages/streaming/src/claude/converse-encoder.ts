import { encodeMessage } from "../event-stream/encode-message.ts";
import type { ClaudeDelta, ClaudeEvent } from "./claude-event.ts";
import type { ClaudeContentBlock, ClaudeUsage } from "./claude-message.ts";
import { citationToConverse } from "./converse-citations.ts";
import { stopReasonToConverse } from "./converse-stop-reasons.ts";
import { type ConverseEventType, USAGE_COUNTERS } from "./converse-decoder.ts";
import { encodeException } from "./encode-claude-event.ts";
import type { Fields } from "./fields.ts";

const ENCODER: TextEncoder = /* @__PURE__ */ new TextEncoder();

/**
 * Turns the events of the Messages API into the messages of a Converse stream.
 *
 * There is no place in it for the id and the model of a message, for pings, and for counters that Converse does not know.
 *
 * @example Usage
 * ```ts
 * import { ConverseEncoder } from "@claude-on-aws/streaming/claude";
 * import { decodeMessage } from "@claude-on-aws/streaming/event-stream";
 * import { equal } from "node:assert/strict";
 *
 * const encoder = new ConverseEncoder();
 * const [bytes] = encoder.encode({ type: "content_block_stop", index: 0 });
 *
 * equal(decodeMessage(bytes!).headers[":event-type"]?.value, "contentBlockStop");
 * ```
 *
 * @see {@link https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStreamOutput.html | ConverseStreamOutput}
 */
export class ConverseEncoder {
  #usage: ClaudeUsage = {};
  #stop: Fields = {};

  /**
   * Encodes the next event.
   *
   * @param event The next event of the stream.
   * @returns The messages that stand for it, as bytes; none where Converse says it later or not at all.
   * @throws {StreamError} `FRAME_TOO_LARGE`.
   */
  encode(event: ClaudeEvent): readonly Uint8Array<ArrayBuffer>[] {
    switch (event.type) {
      case "message_start":
        this.#usage = event.message.usage;
        return [encodeConverse("messageStart", { role: event.message.role })];
      case "content_block_start":
        return startOf(event.content_block).map(([eventType, fields]) =>
          encodeConverse(eventType, { contentBlockIndex: event.index, ...fields }),
        );
      case "content_block_delta":
        return [encodeConverse("contentBlockDelta", { contentBlockIndex: event.index, delta: deltaOf(event.delta) })];
      case "content_block_stop":
        return [encodeConverse("contentBlockStop", { contentBlockIndex: event.index })];
      case "message_delta": {
        const { stop_reason: reason, stop_sequence: sequence } = event.delta;
        this.#usage = { ...this.#usage, ...event.usage };
        this.#stop = {
          stopReason: typeof reason === "string" ? stopReasonToConverse(reason) : reason,
          ...(sequence !== null &&
            sequence !== undefined && { additionalModelResponseFields: { stop_sequence: sequence } }),
        };
        return [];
      }
      case "message_stop":
        return [
          encodeConverse("messageStop", this.#stop),
          encodeConverse("metadata", this.#metadata(event as unknown as Fields)),
        ];
      case "error":
        return [encodeException(event)];
      default:
        return [];
    }
  }

  #metadata(event: Fields): Fields {
    const usage: Record<string, number> = {};
    for (const [converse, claude] of USAGE_COUNTERS) {
      const count = this.#usage[claude];
      if (typeof count === "number") usage[converse] = count;
    }
    const totalTokens = Object.values(usage).reduce((sum, count) => sum + count, 0);
    const metrics = event["amazon-bedrock-invocationMetrics"] as Fields | undefined;
    const latencyMs = metrics?.["invocationLatency"];
    return { usage: { ...usage, totalTokens }, ...(typeof latencyMs === "number" && { metrics: { latencyMs } }) };
  }
}

function encodeConverse(eventType: ConverseEventType, payload: Fields): Uint8Array<ArrayBuffer> {
  return encodeMessage({
    headers: {
      ":event-type": { type: "string", value: eventType },
      ":content-type": { type: "string", value: "application/json" },
      ":message-type": { type: "string", value: "event" },
    },
    payload: ENCODER.encode(JSON.stringify(payload)),
  });
}

/** Converse starts only tool blocks; what another block starts with becomes its first delta. */
function startOf(block: ClaudeContentBlock): (readonly [eventType: ConverseEventType, fields: Fields])[] {
  switch (block.type) {
    case "tool_use":
    case "server_tool_use":
    case "mcp_tool_use": {
      const { type, id, name } = block;
      return [
        ["contentBlockStart", { start: { toolUse: { toolUseId: id, name, ...(type !== "tool_use" && { type }) } } }],
      ];
    }
    case "text":
      return block.text === "" ? [] : [["contentBlockDelta", { delta: { text: block.text } }]];
    case "thinking":
      return block.thinking === ""
        ? []
        : [["contentBlockDelta", { delta: { reasoningContent: { text: block.thinking } } }]];
    case "redacted_thinking":
      return [["contentBlockDelta", { delta: { reasoningContent: { redactedContent: block.data } } }]];
    default: {
      const { type, ...fields } = block as Fields;
      return [["contentBlockStart", { start: { [String(type)]: fields } }]];
    }
  }
}

function deltaOf(delta: ClaudeDelta): Fields {
  switch (delta.type) {
    case "text_delta":
      return { text: delta.text };
    case "input_json_delta":
      return { toolUse: { input: delta.partial_json } };
    case "thinking_delta":
      return { reasoningContent: { text: delta.thinking } };
    case "signature_delta":
      return { reasoningContent: { signature: delta.signature } };
    case "citations_delta":
      return { citation: citationToConverse(delta.citation) };
    default: {
      const { type, ...fields } = delta as Fields;
      return { [String(type)]: fields };
    }
  }
}

import { StreamError } from "../stream-error.ts";
import type { ClaudeEvent } from "./claude-event.ts";
import { citationFromConverse } from "./converse-citations.ts";
import { stopReasonFromConverse } from "./converse-stop-reasons.ts";
import { type Fields, isFields } from "./fields.ts";

/** Names of the events of a Converse stream. */
const CONVERSE_EVENT_TYPES = [
  "messageStart",
  "contentBlockStart",
  "contentBlockDelta",
  "contentBlockStop",
  "messageStop",
  "metadata",
] as const;

/** Name of an event of a Converse stream. */
export type ConverseEventType = (typeof CONVERSE_EVENT_TYPES)[number];

/**
 * Says whether a header value names an event of a Converse stream.
 *
 * @param value Value of `:event-type`.
 * @returns Whether it does.
 */
export const isConverseEventType = (value: unknown): value is ConverseEventType =>
  (CONVERSE_EVENT_TYPES as readonly unknown[]).includes(value);

/** The counters of Converse beside those of the Messages API. */
export const USAGE_COUNTERS = [
  ["inputTokens", "input_tokens"],
  ["outputTokens", "output_tokens"],
  ["cacheReadInputTokens", "cache_read_input_tokens"],
  ["cacheWriteInputTokens", "cache_creation_input_tokens"],
] as const;

/** What a Converse stream does not carry. */
export interface ConverseDecoderOptions {
  /** Id of the message. */
  readonly messageId: string;
  /** Model of the message. */
  readonly model: string;
}

/**
 * Turns the events of a Converse stream into those of the Messages API.
 *
 * Converse starts only tool blocks; the others begin with their first delta. It says why Claude stopped before it gives the
 * usage, so `message_delta` and `message_stop` come with the `metadata`.
 *
 * @see {@link https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStreamOutput.html | ConverseStreamOutput}
 */
export class ConverseDecoder {
  readonly #onEvent: (event: ClaudeEvent) => void;
  readonly #options: ConverseDecoderOptions;
  #openBlock: number | undefined;
  #blocks = 0;
  /** Indexes of Converse may have gaps; those of the Messages API have none. */
  #index = -1;
  #stop: Fields | undefined;

  /**
   * @param onEvent Called with each event, in order.
   * @param options What the stream does not carry.
   */
  constructor(onEvent: (event: ClaudeEvent) => void, options: ConverseDecoderOptions) {
    this.#onEvent = onEvent;
    this.#options = options;
  }

  /**
   * Takes the next event.
   *
   * @param eventType The message's `:event-type`.
   * @param payload Its payload, parsed.
   * @throws {StreamError} `EVENT_MALFORMED` or `EVENT_ORDER`.
   */
  decode(eventType: ConverseEventType, payload: Fields): void {
    switch (eventType) {
      case "messageStart":
        this.#start();
        break;
      case "contentBlockStart":
        this.#startBlock(payload);
        break;
      case "contentBlockDelta":
        this.#delta(payload);
        break;
      case "contentBlockStop": {
        const index = this.#block(payload);
        if (index !== this.#openBlock) this.#emitStart({ type: "text", text: "" }, index);
        this.#openBlock = undefined;
        this.#onEvent({ type: "content_block_stop", index: this.#index });
        break;
      }
      case "messageStop":
        this.#stop = payload;
        break;
      case "metadata":
        this.#end(payload);
        break;
    }
  }

  #start(): void {
    this.#openBlock = undefined;
    this.#blocks = 0;
    this.#stop = undefined;
    this.#onEvent({
      type: "message_start",
      message: {
        id: this.#options.messageId,
        type: "message",
        role: "assistant",
        model: this.#options.model,
        content: [],
        stop_reason: null,
        stop_sequence: null,
        usage: { input_tokens: 0, output_tokens: 0 },
      },
    });
  }

  #block({ contentBlockIndex: index }: Fields): number {
    if (Number.isInteger(index)) return index as number;
    throw new StreamError(
      "EVENT_MALFORMED",
      `Cannot read Converse event: found contentBlockIndex ${JSON.stringify(index)}, expected a whole number`,
    );
  }

  #emitStart(block: Fields & { readonly type: string }, index: number): void {
    this.#openBlock = index;
    this.#index = this.#blocks++;
    this.#onEvent({ type: "content_block_start", index: this.#index, content_block: block } as unknown as ClaudeEvent);
  }

  #startBlock(payload: Fields): void {
    const index = this.#block(payload);
    const { start } = payload;
    const [kind = "text", value] = isFields(start) ? (Object.entries(start)[0] ?? []) : [];
    if (kind !== "toolUse" || !isFields(value)) {
      this.#emitStart({ type: kind, ...(kind === "text" ? { text: "" } : { [kind]: value }) }, index);
      return;
    }
    const { toolUseId: id, name, type = "tool_use", ...rest } = value;
    this.#emitStart({ type: String(type), id, name, input: {}, ...rest }, index);
  }

  #delta(payload: Fields): void {
    const index = this.#block(payload);
    const { delta } = payload;
    if (!isFields(delta)) {
      throw new StreamError("EVENT_MALFORMED", "Cannot read Converse event: expected an object as its delta");
    }
    const [kind = "", value] = Object.entries(delta)[0] ?? [];
    const isNew = index !== this.#openBlock;
    if (kind === "reasoningContent" && isFields(value)) {
      this.#reasoning(value, index, isNew);
      return;
    }
    if (isNew) this.#emitStart({ type: "text", text: "" }, index);
    if (kind === "text") this.#emitDelta({ type: "text_delta", text: value });
    else if (kind === "toolUse" && isFields(value))
      this.#emitDelta({ type: "input_json_delta", partial_json: value["input"] });
    else if (kind === "citation") this.#emitDelta({ type: "citations_delta", citation: citationFromConverse(value) });
    else this.#emitDelta({ type: `${kind}_delta`, [kind]: value });
  }

  #reasoning(value: Fields, index: number, isNew: boolean): void {
    const { redactedContent: data, text, signature } = value;
    if (data !== undefined) {
      if (isNew) this.#emitStart({ type: "redacted_thinking", data }, index);
      return;
    }
    if (isNew) this.#emitStart({ type: "thinking", thinking: "", signature: "" }, index);
    if (text !== undefined) this.#emitDelta({ type: "thinking_delta", thinking: text });
    if (signature !== undefined) this.#emitDelta({ type: "signature_delta", signature });
  }

  #emitDelta(delta: Fields): void {
    this.#onEvent({ type: "content_block_delta", index: this.#index, delta } as unknown as ClaudeEvent);
  }

  #end({ usage }: Fields): void {
    const stop = this.#stop;
    if (stop === undefined) {
      throw new StreamError("EVENT_ORDER", "Cannot read Converse event: found metadata, expected messageStop first");
    }
    const counters = isFields(usage) ? usage : {};
    const { stopReason, additionalModelResponseFields: more } = stop;
    const reason = typeof stopReason === "string" ? stopReasonFromConverse(stopReason) : null;
    const sequence = isFields(more) && typeof more["stop_sequence"] === "string" ? more["stop_sequence"] : null;
    this.#onEvent({
      type: "message_delta",
      delta: { stop_reason: reason, stop_sequence: sequence },
      usage: Object.fromEntries(
        USAGE_COUNTERS.filter(([converse]) => counters[converse] !== undefined).map(([converse, claude]) => [
          claude,
          counters[converse],
        ]),
      ),
    });
    this.#onEvent({ type: "message_stop" });
  }
}

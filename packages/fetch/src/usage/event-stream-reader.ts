import { isObject } from "@claude-on-aws/endpoints";
import { EXCEPTIONS } from "@claude-on-aws/streaming/claude";
import { encodeMessage, EventStreamDecoder, type EventStreamMessage } from "@claude-on-aws/streaming/event-stream";
import { NO_USAGE, type Usage } from "./usage.ts";
import { type AnswerReader, tokensOf } from "./answer-reader.ts";
import { mergeUsage, readClaudeUsage, readConverseUsage, readInvocationMetrics } from "./claude-usage.ts";
import { DeltaCounter } from "./delta-counter.ts";
import { type Fields, parseFields } from "./parse-fields.ts";

const utf8 = /* @__PURE__ */ new TextEncoder();

/** What is made of a message, by its `:event-type`. */
const EVENTS: Readonly<Record<string, (reader: EventStreamReader, payload: Fields) => void>> = {
  chunk: (reader, { bytes }) => reader.takeChunk(bytes),
  contentBlockStart: (reader, { start }) => reader.takeConverseStart(start),
  contentBlockDelta: (reader, { delta }) => reader.takeConverseDelta(delta),
  messageStop: (reader) => reader.stop(),
  metadata: (reader, { usage }) => reader.addLastUsage(readConverseUsage(usage)),
};

/** What is made of an event of the Messages API in a chunk, by its type. */
const CHUNKS: Readonly<Record<string, (reader: EventStreamReader, event: Fields) => void>> = {
  message_start: (reader, { message }) =>
    reader.addUsage(readClaudeUsage(isObject(message) ? message["usage"] : undefined)),
  message_delta: (reader, { usage, delta }) => {
    reader.addLastUsage(readClaudeUsage(usage));
    if (isObject(delta) && typeof delta["stop_reason"] === "string") reader.stopWriting();
  },
  message_stop: (reader, event) => {
    reader.addLastUsage(readInvocationMetrics(event["amazon-bedrock-invocationMetrics"]));
    reader.stop();
  },
};

/** What a chunk of a delta begins with, as Amazon Bedrock writes it, in Base64: those are counted by their length. */
const DELTA_BASE64 = /* @__PURE__ */ btoa('{"type":"content_block_delta",');

/** Reads the event stream of Amazon Bedrock as it goes by: InvokeModelWithResponseStream and ConverseStream. */
export class EventStreamReader implements AnswerReader {
  readonly #decoder = new EventStreamDecoder((message) => this.#take(message));
  readonly #deltas = new DeltaCounter();
  readonly brokenBy = null;
  #isDamaged = false;
  #isStopped = false;
  /** Whether the service said how much there was of output. */
  #isCounted = false;
  /** Whether it said that it stopped, so that nothing comes beyond what it counted. */
  #hasStoppedWriting = false;
  #usage: Usage | null = null;
  #errorType: string | null = null;

  feed(bytes: Uint8Array): void {
    if (this.#isDamaged) return;
    try {
      this.#decoder.feed(bytes);
    } catch {
      // The client's own decoder finds it too; nothing can be written behind it.
      this.#isDamaged = true;
    }
  }

  get isWhole(): boolean {
    return !this.#isDamaged && (this.#isStopped || this.#errorType !== null) && this.#decoder.bufferedBytes === 0;
  }

  get isBetweenEvents(): boolean {
    return !this.#isDamaged && this.#decoder.bufferedBytes === 0;
  }

  get usage(): Usage | null {
    const streamed = tokensOf(this.#deltas.bytes);
    if (this.#usage === null && streamed === 0) return null;
    const said = this.#usage ?? NO_USAGE;
    return this.isCounted ? said : { ...said, outputTokens: Math.max(said.outputTokens, streamed) };
  }

  get isCounted(): boolean {
    return (this.#isStopped || this.#hasStoppedWriting) && this.#isCounted;
  }

  get mostStreamedTokens(): number {
    return this.#deltas.mostBytes;
  }

  get errorType(): string | null {
    return this.#errorType;
  }

  endBroken(message: string): Uint8Array | undefined {
    if (!this.isBetweenEvents) return undefined;
    return encodeMessage({
      headers: {
        ":exception-type": { type: "string", value: "modelStreamErrorException" },
        ":content-type": { type: "string", value: "application/json" },
        ":message-type": { type: "string", value: "exception" },
      },
      payload: utf8.encode(JSON.stringify({ message })),
    });
  }

  /** Takes what was counted. */
  addUsage(usage: Usage): void {
    this.#usage = mergeUsage(this.#usage ?? NO_USAGE, usage);
  }

  /** Takes what was counted at the end. */
  addLastUsage(usage: Usage): void {
    this.addUsage(usage);
    if (usage.outputTokens > 0) this.#isCounted = true;
  }

  /** The message is whole. */
  stop(): void {
    this.#isStopped = true;
  }

  /** The model wrote its last; the end of the message may follow. */
  stopWriting(): void {
    this.#hasStoppedWriting = true;
  }

  /** Takes an event of the Messages API, in Base64. */
  takeChunk(base64: unknown): void {
    if (typeof base64 !== "string") return;
    const bytes = decodeBase64(base64);
    if (bytes === undefined) return;
    if (base64.startsWith(DELTA_BASE64)) {
      this.#deltas.add(bytes, 0, bytes.length);
      return;
    }
    const event = parseFields(bytes);
    if (event["type"] === "content_block_start") this.#deltas.startBlock(bytes.length);
    else if (event["type"] === "content_block_delta") this.#deltas.add(bytes, 0, bytes.length);
    CHUNKS[String(event["type"])]?.(this, event);
  }

  /** Takes the beginning of a block of Converse. */
  takeConverseStart(start: unknown): void {
    this.#deltas.startBlock(utf8.encode(JSON.stringify(start ?? {})).length);
  }

  /** Takes a delta of Converse. */
  takeConverseDelta(delta: unknown): void {
    this.#deltas.addText(longestText(delta));
  }

  #take({ headers, payload }: EventStreamMessage): void {
    const kind = headers[":message-type"]?.value;
    if (kind === "exception" || kind === "error") {
      const name = String(headers[":exception-type"]?.value ?? headers[":error-code"]?.value ?? "");
      this.#errorType =
        EXCEPTIONS.find(({ awsName }) => awsName.toLowerCase() === name.toLowerCase())?.errorType ?? "api_error";
      return;
    }
    EVENTS[String(headers[":event-type"]?.value)]?.(this, parseFields(payload));
  }
}

/** What the model wrote in a delta of Converse, which puts it under a name of its kind: `text`, or `toolUse.input`. */
function longestText(delta: unknown): string {
  if (!isObject(delta)) return "";
  const { text: written, toolUse, reasoningContent } = delta;
  for (const value of [
    written,
    isObject(toolUse) ? toolUse["input"] : undefined,
    isObject(reasoningContent) ? reasoningContent["text"] : undefined,
  ]) {
    if (typeof value === "string") return value;
  }
  return "";
}

function decodeBase64(base64: string): Uint8Array | undefined {
  try {
    const binary = atob(base64);
    const bytes = new Uint8Array(binary.length);
    for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at);
    return bytes;
  } catch {
    return undefined;
  }
}

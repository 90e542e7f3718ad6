import { SseDecoder, type SseEvent } from "@claude-on-aws/streaming/sse";
import type { CheckContext } from "./check-context.ts";
import type { AnswerEnd, WireAnswer } from "./wire/wire-answer.ts";
import { expectThat } from "./verdicts.ts";

/** The events of a stream, and how it ended. */
export interface ReadEvents {
  readonly events: readonly SseEvent[];
  readonly end: AnswerEnd | undefined;
}

/** Reads server-sent events as they come. */
export class EventReader {
  readonly #answer: WireAnswer;
  readonly #context: CheckContext;
  #bytes = 0;
  readonly #events: SseEvent[] = [];
  readonly #decoder = new SseDecoder((event) => void this.#events.push(event));

  constructor(answer: WireAnswer, context: CheckContext) {
    this.#answer = answer;
    this.#context = context;
  }

  /**
   * The next event.
   *
   * @param what It in words, for whoever reads that none came.
   * @param ms How long it is waited for, in milliseconds; by default as long as for everything.
   * @returns `undefined` where the stream has ended.
   */
  async next(what: string, ms?: number): Promise<SseEvent | undefined> {
    while (this.#events.length === 0) {
      const { patience, settings } = this.#context;
      const piece = await patience.within(this.#answer.next(), what, ms);
      if (piece === undefined) return undefined;
      this.#bytes += piece.length;
      expectThat(this.#bytes <= settings.maxAnswerBytes, `a stream of more than ${this.#bytes} bytes`, what);
      this.#decoder.feed(piece);
    }
    return this.#events.shift();
  }

  /** All events that are to come, but for pings. */
  async rest(): Promise<ReadEvents> {
    const events: SseEvent[] = [];
    for (;;) {
      const event = await this.next("the end of the stream");
      if (event === undefined) return { events, end: this.#answer.end };
      if (event.event !== "ping") events.push(event);
    }
  }
}

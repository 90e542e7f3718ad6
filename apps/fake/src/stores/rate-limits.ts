import type { WireReply } from "../terms/wire.ts";

/**
 * What may be used in a minute. The fake refuses nothing once it is used up: that is what a scenario is for.
 *
 * @see {@link https://platform.claude.com/docs/en/api/rate-limits | Rate limits}
 */
const LIMITS = { requests: 4_000, inputTokens: 2_000_000, outputTokens: 400_000 };

const MINUTE_MS = 60_000;

/** What an answer took. */
export interface Used {
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** Counts what is used within a minute of the clock, and tells it in headers. */
export class RateLimits {
  #minute = -1;
  /** Headers that are the same for every answer of a minute: most of an answer's headers are these. */
  #resets: ResetHeaders = resetHeaders("");
  #requests = 0;
  #inputTokens = 0;
  #outputTokens = 0;

  /** Forgets what was used. */
  reset(): void {
    this.#minute = -1;
  }

  /**
   * Counts an answer.
   *
   * @param used What it took.
   * @param now When it was asked for.
   * @returns Headers that say what is left after it.
   */
  spend({ inputTokens, outputTokens }: Used, now: Date): WireReply["headers"] {
    this.#turn(now);
    this.#requests++;
    this.#inputTokens += inputTokens;
    this.#outputTokens += outputTokens;
    return this.#headers(LIMITS.requests - this.#requests);
  }

  /**
   * Makes the headers of an answer that was refused because too much was asked for: no request is left.
   *
   * @param now When it was asked for.
   * @returns The headers.
   */
  refuse(now: Date): WireReply["headers"] {
    this.#turn(now);
    return this.#headers(0);
  }

  #turn(now: Date): void {
    const minute = Math.floor(now.getTime() / MINUTE_MS);
    if (minute === this.#minute) return;
    this.#minute = minute;
    this.#resets = resetHeaders(new Date((minute + 1) * MINUTE_MS).toISOString().replace(".000", ""));
    this.#requests = this.#inputTokens = this.#outputTokens = 0;
  }

  #headers(requestsLeft: number): WireReply["headers"] {
    const input = left(LIMITS.inputTokens - this.#inputTokens);
    const output = left(LIMITS.outputTokens - this.#outputTokens);
    const { requests, tokens, inputTokens, outputTokens } = this.#resets;
    return [
      REQUESTS_LIMIT,
      ["anthropic-ratelimit-requests-remaining", String(left(requestsLeft))],
      requests,
      TOKENS_LIMIT,
      ["anthropic-ratelimit-tokens-remaining", String(input + output)],
      tokens,
      INPUT_TOKENS_LIMIT,
      ["anthropic-ratelimit-input-tokens-remaining", String(input)],
      inputTokens,
      OUTPUT_TOKENS_LIMIT,
      ["anthropic-ratelimit-output-tokens-remaining", String(output)],
      outputTokens,
    ];
  }
}

const left = (count: number): number => Math.max(0, count);

type Header = readonly [name: string, value: string];

const REQUESTS_LIMIT: Header = ["anthropic-ratelimit-requests-limit", String(LIMITS.requests)];
const TOKENS_LIMIT: Header = ["anthropic-ratelimit-tokens-limit", String(LIMITS.inputTokens + LIMITS.outputTokens)];
const INPUT_TOKENS_LIMIT: Header = ["anthropic-ratelimit-input-tokens-limit", String(LIMITS.inputTokens)];
const OUTPUT_TOKENS_LIMIT: Header = ["anthropic-ratelimit-output-tokens-limit", String(LIMITS.outputTokens)];

type ResetHeaders = Readonly<Record<"requests" | "tokens" | "inputTokens" | "outputTokens", Header>>;

/** When each limit starts over. */
const resetHeaders = (reset: string): ResetHeaders => ({
  requests: ["anthropic-ratelimit-requests-reset", reset],
  tokens: ["anthropic-ratelimit-tokens-reset", reset],
  inputTokens: ["anthropic-ratelimit-input-tokens-reset", reset],
  outputTokens: ["anthropic-ratelimit-output-tokens-reset", reset],
});

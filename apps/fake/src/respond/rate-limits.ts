import type { WireReply } from "../exchange.ts";

/**
 * What may be used in a minute. The fake refuses nothing when it is used up: that is what a scenario is for.
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

/** Counts what is used within a minute of the clock, and says it in headers. */
export class RateLimits {
  #minute = -1;
  #reset = "";
  #requests = 0;
  #inputTokens = 0;
  #outputTokens = 0;

  /** Forgets what was used. */
  reset(): void {
    this.#minute = -1;
  }

  /** Counts an answer; the headers say what is left behind it. */
  spend({ inputTokens, outputTokens }: Used, now: Date): WireReply["headers"] {
    this.#turn(now);
    this.#requests++;
    this.#inputTokens += inputTokens;
    this.#outputTokens += outputTokens;
    return this.#headers(LIMITS.requests - this.#requests);
  }

  /** Headers of an answer that was refused because too much was asked: no request is left. */
  refuse(now: Date): WireReply["headers"] {
    this.#turn(now);
    return this.#headers(0);
  }

  #turn(now: Date): void {
    const minute = Math.floor(now.getTime() / MINUTE_MS);
    if (minute === this.#minute) return;
    this.#minute = minute;
    this.#reset = new Date((minute + 1) * MINUTE_MS).toISOString().replace(".000", "");
    this.#requests = this.#inputTokens = this.#outputTokens = 0;
  }

  #headers(requestsLeft: number): WireReply["headers"] {
    const input = left(LIMITS.inputTokens - this.#inputTokens);
    const output = left(LIMITS.outputTokens - this.#outputTokens);
    const reset = this.#reset;
    return [
      ["anthropic-ratelimit-requests-limit", REQUESTS],
      ["anthropic-ratelimit-requests-remaining", String(left(requestsLeft))],
      ["anthropic-ratelimit-requests-reset", reset],
      ["anthropic-ratelimit-tokens-limit", TOKENS],
      ["anthropic-ratelimit-tokens-remaining", String(input + output)],
      ["anthropic-ratelimit-tokens-reset", reset],
      ["anthropic-ratelimit-input-tokens-limit", INPUT_TOKENS],
      ["anthropic-ratelimit-input-tokens-remaining", String(input)],
      ["anthropic-ratelimit-input-tokens-reset", reset],
      ["anthropic-ratelimit-output-tokens-limit", OUTPUT_TOKENS],
      ["anthropic-ratelimit-output-tokens-remaining", String(output)],
      ["anthropic-ratelimit-output-tokens-reset", reset],
    ];
  }
}

const left = (count: number): number => Math.max(0, count);

const REQUESTS = String(LIMITS.requests);
const TOKENS = String(LIMITS.inputTokens + LIMITS.outputTokens);
const INPUT_TOKENS = String(LIMITS.inputTokens);
const OUTPUT_TOKENS = String(LIMITS.outputTokens);

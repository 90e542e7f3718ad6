import type { StreamError } from "../stream-error.ts";
import type { SilenceOptions } from "../streams/stream-timers.ts";
import type { ClaudeEventDecoderOptions } from "./claude-event-decoder.ts";

/** Options for {@link eventStreamToSse} and {@link sseToEventStream}. */
export interface TranslateOptions extends Omit<ClaudeEventDecoderOptions, "framing">, SilenceOptions {
  /**
   * How long the source may be silent before the client is sent a `ping`, and then another one, in milliseconds.
   * Bedrock sends none, and clients and the proxies before them give up after 300 to 350 seconds. Left out, no pings.
   *
   * @default {none}
   */
  readonly pingIntervalMs?: number | undefined;
  /** Called with an error that the client is sent as an `error` event or exception. */
  readonly onError?: ((error: StreamError) => void) | undefined;
}

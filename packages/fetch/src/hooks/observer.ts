import type { Header, Translation } from "../translate/translation.ts";

/** What is known of a request before it is sent. */
export interface RequestFacts {
  /** Counts the calls of one `fetch`, from 1: the same for all that belongs to one call. */
  readonly call: number;
  /** Counts the attempts of a call, from 0. */
  readonly attempt: number;
  /** The provider, as `@claude-on-aws/env` calls it. */
  readonly provider: string;
  /** The path in the Messages API, such as `/v1/messages`. */
  readonly path: string | null;
  readonly method: string;
  /** The URL that is sent to. */
  readonly url: string;
  /** As sent. */
  readonly headers: readonly Header[];
  /** Null where it streams. */
  readonly bodyBytes: number | null;
  /** The model that the service is asked for; null where it is none. */
  readonly model: string | null;
  /** Most tokens that are asked for; null where the request does not say. */
  readonly maxTokens: number | null;
  /** Whether the answer is asked for in parts. */
  readonly stream: boolean;
}

/** What is known of an answer when its head is there. */
export interface ResponseFacts {
  readonly request: RequestFacts;
  readonly status: number;
  readonly headers: Headers;
  /** Time since the attempt began, in milliseconds. */
  readonly elapsedMs: number;
}

/** Why a request is sent again. */
export interface RetryFacts {
  readonly request: RequestFacts;
  /** `credentials`: there are others now; `status`: the answer may be another one; `failure`: there was none. */
  readonly reason: "credentials" | "status" | "failure";
  /** Status of the answer; null where there was none. */
  readonly status: number | null;
  readonly error: unknown;
  /** How long is waited before it, in milliseconds. */
  readonly delayMs: number;
}

/** What was changed between what the client asked for and what is sent. */
export interface TranslationFacts {
  readonly call: number;
  readonly provider: string;
  readonly translations: readonly Translation[];
}

/** How a call ended. */
export interface EndFacts {
  readonly request: RequestFacts;
  /** Status of the answer; null where there was none. */
  readonly status: number | null;
  /** What broke it off; `undefined` where the body was read to its end, or its reader went away. */
  readonly error: unknown;
  /** Time since the last attempt began, in milliseconds. */
  readonly elapsedMs: number;
}

/** Is told what happens to each call, secrets included: what it passes on, it redacts. */
export interface Observer {
  readonly onRequest?: ((facts: RequestFacts) => void) | undefined;
  readonly onResponse?: ((facts: ResponseFacts) => void) | undefined;
  readonly onRetry?: ((facts: RetryFacts) => void) | undefined;
  readonly onTranslate?: ((facts: TranslationFacts) => void) | undefined;
  readonly onEnd?: ((facts: EndFacts) => void) | undefined;
}

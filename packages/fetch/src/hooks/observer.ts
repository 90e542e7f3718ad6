import type { HeaderList } from "../answer/header-list.ts";
import type { Header } from "../header.ts";
import type { ApiRequest, PreparedRequest, Translation } from "../translate/translation.ts";

/** A request as it was sent. */
export interface SentRequest {
  /** Counts the calls of one `fetch`, from 1: the same for all that belongs to one call. */
  readonly call: number;
  /** Counts the attempts of a call, from 0. */
  readonly attempt: number;
  /** The provider, as `@claude-on-aws/env` calls it. */
  readonly provider: string;
  /** What the client asked for. */
  readonly request: ApiRequest;
  readonly prepared: PreparedRequest;
  /** The URL that was sent to, which may be that of a redirect. */
  readonly url: URL;
  /** As sent. */
  readonly headers: readonly Header[];
}

/** What is known of an answer when its head is there. */
export interface ResponseFacts {
  readonly status: number;
  readonly headers: HeaderList;
  /** Time since the attempt began, in milliseconds. */
  readonly elapsedMs: number;
}

/** Why a request is sent again. */
export interface RetryFacts {
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
  /** Status of the answer; null where there was none. */
  readonly status: number | null;
  /** What broke it off; `undefined` where the body was read to its end, or its reader went away. */
  readonly error: unknown;
  /** Time since the last attempt began, in milliseconds. */
  readonly elapsedMs: number;
}

/** Is told what happens to each call, secrets included: what it passes on, it redacts. */
export interface Observer {
  readonly onRequest?: ((sent: SentRequest) => void) | undefined;
  readonly onResponse?: ((sent: SentRequest, facts: ResponseFacts) => void) | undefined;
  readonly onRetry?: ((sent: SentRequest, facts: RetryFacts) => void) | undefined;
  readonly onTranslate?: ((facts: TranslationFacts) => void) | undefined;
  readonly onEnd?: ((sent: SentRequest, facts: EndFacts) => void) | undefined;
}

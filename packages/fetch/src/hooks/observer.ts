import type { HeaderList } from "../answer/header-list.ts";
import type { Header } from "../header.ts";
import type { ApiRequest, PreparedRequest, Translation } from "../translate/translation.ts";
import type { Usage } from "../usage/usage.ts";

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
  /** What was read of the answer's body on its way; null where nobody asked for it, or it is of no kind that is read. */
  readonly read: ReadFacts | null;
}

/** What was read of an answer's body. */
export interface ReadFacts {
  /**
   * What was used; null where the answer does not say. Of a stream that is not whole, the output is counted by its text where that is
   * more than the service said until then.
   */
  readonly usage: Usage | null;
  /** Whether all of the answer has come: a message, or the error that ends it. */
  readonly isWhole: boolean;
  /** The type of the error that stands in it, such as `overloaded_error`; null where none does. */
  readonly errorType: string | null;
}

/** Reads an answer's body as it goes by. */
export interface BodyReader extends ReadFacts {
  /** Takes the next bytes, which are not its own: what it keeps, it copies. */
  readonly feed: (bytes: Uint8Array) => void;
}

/** Is told what happens to each call, secrets included: what it passes on, it redacts. */
export interface Observer {
  readonly onRequest?: ((sent: SentRequest) => void) | undefined;
  readonly onResponse?: ((sent: SentRequest, facts: ResponseFacts) => void) | undefined;
  readonly onRetry?: ((sent: SentRequest, facts: RetryFacts) => void) | undefined;
  readonly onTranslate?: ((facts: TranslationFacts) => void) | undefined;
  /** Makes what reads the body of an answer; null where it is not to be read. */
  readonly createReader?: ((contentType: string) => BodyReader | null) | undefined;
  readonly onEnd?: ((sent: SentRequest, facts: EndFacts) => void) | undefined;
}

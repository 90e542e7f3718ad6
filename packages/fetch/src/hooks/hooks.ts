import { redactHeader, redactText, redactUrl } from "@claude-on-aws/endpoints";
import type { Translation } from "../translate/translation.ts";
import type { EndFacts, Observer, RequestFacts, ResponseFacts, RetryFacts, TranslationFacts } from "./observer.ts";

/** A request as hooks are shown it: secrets are hidden. */
export interface RequestEvent extends Omit<RequestFacts, "headers"> {
  /** By name; what may be a key or a token is hidden. */
  readonly headers: Readonly<Record<string, string>>;
}

/** An answer as hooks are shown it. */
export interface ResponseEvent extends Omit<ResponseFacts, "request" | "headers"> {
  readonly request: RequestEvent;
  /** By name; what may be a key or a token is hidden. */
  readonly headers: Readonly<Record<string, string>>;
  /** The id that the service gave the request; null where it gave none. */
  readonly requestId: string | null;
}

/** Another attempt as hooks are shown it. */
export interface RetryEvent extends Omit<RetryFacts, "request"> {
  readonly request: RequestEvent;
}

/** The end of a call as hooks are shown it. */
export interface EndEvent extends Omit<EndFacts, "request"> {
  readonly request: RequestEvent;
}

/**
 * Is told what happens to each request. What a hook throws comes out of the call, but for `onEnd`, behind which there is nobody to
 * hear it.
 */
export interface FetchHooks {
  /** Before each attempt. */
  readonly onRequest?: ((event: RequestEvent) => void) | undefined;
  /** When the head of an answer is there, of one that is tried again too. */
  readonly onResponse?: ((event: ResponseEvent) => void) | undefined;
  /** Before the wait for another attempt. */
  readonly onRetry?: ((event: RetryEvent) => void) | undefined;
  /** Before the first attempt, where something was changed. */
  readonly onTranslate?: ((event: TranslationFacts) => void) | undefined;
  /** When the body was read to its end, broke off, or nobody reads it any more; and where there was no answer. */
  readonly onEnd?: ((event: EndEvent) => void) | undefined;
}

const ID_HEADERS: readonly string[] = ["request-id", "x-amzn-requestid"];

/**
 * Makes of hooks what a sender tells its facts to, without the secrets in them.
 *
 * @param hooks The hooks.
 * @returns The observer.
 */
export function observerOf(hooks: FetchHooks): Observer {
  const { onRequest, onResponse, onRetry, onTranslate, onEnd } = hooks;
  return {
    onRequest: onRequest && ((facts) => onRequest(requestEvent(facts))),
    onResponse:
      onResponse &&
      ((facts) =>
        onResponse({
          ...facts,
          request: requestEvent(facts.request),
          headers: redactHeaders(facts.headers),
          requestId: ID_HEADERS.map((name) => facts.headers.get(name)).find((id) => id !== null) ?? null,
        })),
    onRetry: onRetry && ((facts) => onRetry({ ...facts, request: requestEvent(facts.request) })),
    onTranslate: onTranslate && ((facts) => onTranslate({ ...facts, translations: facts.translations.map(redacted) })),
    onEnd:
      onEnd &&
      ((facts) => {
        try {
          onEnd({ ...facts, request: requestEvent(facts.request) });
        } catch {
          // The call is over, and its caller has what it asked for.
        }
      }),
  };
}

const requestEvent = (facts: RequestFacts): RequestEvent => ({
  ...facts,
  url: redactUrl(facts.url),
  headers: redactHeaders(facts.headers),
});

const redactHeaders = (headers: Iterable<readonly [string, string]>): Readonly<Record<string, string>> =>
  Object.fromEntries([...headers].map(([name, value]) => [name, redactHeader(name, value)]));

const redacted = (translation: Translation): Translation => ({
  ...translation,
  before: translation.before === null ? null : redactText(translation.before),
  after: translation.after === null ? null : redactText(translation.after),
});

import { redactHeader, redactText, redactUrl } from "@claude-on-aws/endpoints";
import type { Translation } from "../translate/translation.ts";
import type {
  BodyReader,
  EndFacts,
  Observer,
  ReadFacts,
  ResponseFacts,
  RetryFacts,
  SentRequest,
  TranslationFacts,
} from "./observer.ts";

/** A request as hooks are shown it: secrets are hidden. */
export interface RequestEvent extends Pick<SentRequest, "call" | "attempt" | "provider"> {
  /** The path in the Messages API, such as `/v1/messages`; null where it has none. */
  readonly path: string | null;
  readonly method: string;
  /** The URL that is sent to. */
  readonly url: string;
  /** By name; what may be a key or a token is hidden. */
  readonly headers: Readonly<Record<string, string>>;
  /** Null where it streams. */
  readonly bodyBytes: number | null;
  /** The model that the service is asked for; null where it is none. */
  readonly model: string | null;
  /** Most tokens that are asked for; null where the request does not say. */
  readonly maxTokens: number | null;
  /** Whether the answer is asked for in parts. */
  readonly stream: boolean;
}

/** An answer as hooks are shown it. */
export interface ResponseEvent extends Omit<ResponseFacts, "headers"> {
  readonly request: RequestEvent;
  /** By name; what may be a key or a token is hidden. */
  readonly headers: Readonly<Record<string, string>>;
  /** The id that the service gave the request; null where it gave none. */
  readonly requestId: string | null;
}

/** Another attempt as hooks are shown it. */
export interface RetryEvent extends RetryFacts {
  readonly request: RequestEvent;
}

/** The end of a call as hooks are shown it. */
export interface EndEvent extends EndFacts {
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
  /**
   * Makes what reads the body of each answer as it goes by, for `read` of `onEnd`; null where it is not to be read. It is given the
   * media type, and the bytes as the service sent them. `createAnswerReader` of `@claude-on-aws/fetch/usage` is such a function. Left
   * out, no body is read.
   */
  readonly createReader?: ((contentType: string) => BodyReader | null) | undefined;
  /** When the body was read to its end, broke off, or nobody reads it any more; and where there was no answer. */
  readonly onEnd?: ((event: EndEvent) => void) | undefined;
}

const ID_HEADERS: readonly string[] = ["request-id", "x-amzn-requestid"];

/**
 * Makes of hooks what a sender tells its facts to, without the secrets in them.
 *
 * @param hooks The hooks.
 * @returns The observer; `undefined` where there is no hook.
 */
export function observerOf(hooks: FetchHooks): Observer | undefined {
  const { onRequest, onResponse, onRetry, onTranslate, createReader, onEnd } = hooks;
  if (!(onRequest ?? onResponse ?? onRetry ?? onTranslate ?? createReader ?? onEnd)) return undefined;
  return {
    onRequest: onRequest && ((sent) => onRequest(requestEvent(sent))),
    onResponse:
      onResponse &&
      ((sent, facts) =>
        onResponse({
          ...facts,
          request: requestEvent(sent),
          headers: redactHeaders(facts.headers),
          requestId: ID_HEADERS.map((name) => facts.headers.get(name)).find((id) => id !== null) ?? null,
        })),
    onRetry: onRetry && ((sent, facts) => onRetry({ ...facts, request: requestEvent(sent) })),
    onTranslate: onTranslate && ((facts) => onTranslate({ ...facts, translations: facts.translations.map(redacted) })),
    createReader,
    onEnd:
      onEnd &&
      ((sent, facts) => {
        try {
          onEnd({ ...facts, read: facts.read && readFacts(facts.read), request: requestEvent(sent) });
        } catch {
          // The call is over, and its caller has what it asked for.
        }
      }),
  };
}

const requestEvent = ({ call, attempt, provider, request, prepared, url, headers }: SentRequest): RequestEvent => ({
  call,
  attempt,
  provider,
  path: request.path,
  method: prepared.method,
  url: redactUrl(url.href),
  headers: redactHeaders(headers),
  bodyBytes: prepared.body instanceof ReadableStream ? null : (prepared.body?.length ?? 0),
  model: prepared.model,
  maxTokens: request.fields.max_tokens?.value ?? null,
  stream: request.fields.stream?.value === true,
});

const readFacts = ({ usage, isWhole, errorType }: ReadFacts): ReadFacts => ({ usage, isWhole, errorType });

const redactHeaders = (headers: Iterable<readonly [string, string]>): Readonly<Record<string, string>> =>
  Object.fromEntries([...headers].map(([name, value]) => [name, redactHeader(name, value)]));

const redacted = (translation: Translation): Translation => ({
  ...translation,
  before: translation.before === null ? null : redactText(translation.before),
  after: translation.after === null ? null : redactText(translation.after),
});

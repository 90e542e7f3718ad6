import type { Answer } from "../answer/answer.ts";
import type { Header } from "../header.ts";
import type { BodyFields } from "../body/body-fields.ts";

/**
 * A change between what the client asked for and what the service is sent. Nothing is changed without one, but for what
 * belongs to the connection and to authentication.
 */
export interface Translation {
  /**
   * What was done: `set` puts another value in its place or adds one, `move` puts it elsewhere (`place`), `drop` leaves it out.
   */
  readonly action: "set" | "move" | "drop";
  /** What was changed: `body.model`, `body.output_config.format`, `header.anthropic-beta`, `path`. */
  readonly subject: string;
  /** Where it went, in the words of {@link Translation.subject}; null unless it moved. */
  readonly place: string | null;
  /** The value before; null where there was none, or where it is too long or too secret to be shown. */
  readonly before: string | null;
  /** The value after; null where there is none, or as for {@link Translation.before}. */
  readonly after: string | null;
  /** Why, in words that follow "because", without a full stop. */
  readonly reason: string;
  /**
   * Where the new bytes stand in the body that is sent, in bytes from its start; null for what is not a part of the body, and
   * for a body that was written anew.
   */
  readonly range: { readonly start: number; readonly end: number } | null;
}

/** What a client of the Messages API asked for, in the terms of that API. */
export interface ApiRequest {
  /** Upper-case. */
  readonly method: string;
  /** The path that the client asked for, of whatever base URL. */
  readonly pathname: string;
  /**
   * The path in the API, such as `/v1/messages`, whatever base URL stood before it; null where the URL has none of the API.
   */
  readonly path: string | null;
  /** The query with its question mark, as the client wrote it; empty where there is none. */
  readonly query: string;
  /** In the client's order; without its authentication, and without what belongs to a connection. */
  readonly headers: readonly Header[];
  /** Bytes where they are hashed and may be changed, a stream for an upload, null where there is none. */
  readonly body: Uint8Array | ReadableStream<Uint8Array> | null;
  /** What the body decides; {@link NO_FIELDS} where it is no JSON. */
  readonly fields: BodyFields;
}

/** A request as the service is sent it, but for its authentication. */
export interface PreparedRequest {
  readonly method: string;
  /** Not to be written to: requests to one place share it. */
  readonly url: URL;
  /** Names in lower case; none of authentication. */
  readonly headers: readonly Header[];
  readonly body: ApiRequest["body"];
  /** Every change, in the order of the request: path, headers, body. */
  readonly translations: readonly Translation[];
  /** The model that the service is asked for; null where the request names none. */
  readonly model: string | null;
  /**
   * The media type in which the service answers with the message that was asked for; null where none was. An answer with status
   * 200 that calls itself what no message is called is read as this: whatever stands between here and the service may change a
   * header, and what is not this after all is then an error, and no empty message. In server-sent events a message is whole only where it ends
   * in `message_stop`: one that ends before is given an `error` event.
   */
  readonly messageType: string | null;
  /**
   * Turns what the service answered into what the Messages API would have answered, as it comes: a body is never gathered that
   * can be passed on in parts. It is called once, with the answer that is not tried again, and whose headers are its
   * own to write to.
   */
  readonly answer: (answer: Answer) => Answer | Promise<Answer>;
}

/**
 * A request that is not sent. The client is answered in the form of the Messages API, so that its SDK raises the error that it
 * raises for the service's own, and does not try again.
 */
export interface Refusal {
  /** HTTP status. */
  readonly status: number;
  /** Error type of the Messages API, such as `invalid_request_error`. */
  readonly type: string;
  /** Stable name of what is wrong, in capitals. */
  readonly code: string;
  /** What could not be done, what was found, what was expected, the way out. */
  readonly message: string;
}

/**
 * How a service wants to be spoken to: everything that `fetch` does differently from one provider to the next. Pure but for
 * what it is given: it sends nothing, and reads no clock.
 */
export interface Dialect {
  /** The provider, as `@claude-on-aws/env` calls it. */
  readonly provider: string;
  /**
   * Writes the request for the service.
   *
   * @returns What is sent, and how its answer is read; or why nothing is.
   */
  readonly prepare: (request: ApiRequest) => PreparedRequest | Refusal | Promise<PreparedRequest | Refusal>;
  /**
   * Whether a body that is no JSON goes through as it comes, its bytes outside of the signature; without that it is read whole.
   */
  readonly streamsUploads: boolean;
}

/**
 * Tells a refusal from what is sent.
 *
 * @param prepared What a dialect made of a request.
 * @returns Whether nothing is sent.
 */
export const isRefusal = (prepared: PreparedRequest | Refusal): prepared is Refusal => "status" in prepared;

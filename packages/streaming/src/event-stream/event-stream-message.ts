/**
 * A header value with its wire type. Numbers are signed and big-endian on the wire; a `timestamp` has
 * millisecond precision; a `uuid` is written `8-4-4-4-12` in lower-case hexadecimal digits.
 *
 * @see {@link https://smithy.io/2.0/aws/amazon-eventstream.html | Amazon Event Stream specification}
 */
export type EventStreamHeaderValue =
  | { readonly type: "boolean"; readonly value: boolean }
  | { readonly type: "byte"; readonly value: number }
  | { readonly type: "short"; readonly value: number }
  | { readonly type: "integer"; readonly value: number }
  | { readonly type: "long"; readonly value: bigint }
  | { readonly type: "binary"; readonly value: Uint8Array }
  | { readonly type: "string"; readonly value: string }
  | { readonly type: "timestamp"; readonly value: Date }
  | { readonly type: "uuid"; readonly value: string };

/** The headers of a message by name, such as `:event-type`. A name occurs once; 1 to 255 bytes in UTF-8. */
export type EventStreamHeaders = Readonly<Record<string, EventStreamHeaderValue>>;

/** A message of the event stream: typed headers and an opaque payload, either of which may be empty. */
export interface EventStreamMessage {
  readonly headers: EventStreamHeaders;
  readonly payload: Uint8Array;
}

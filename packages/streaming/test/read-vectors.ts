import { readJson } from "@claude-on-aws/fixtures";
import type {
  EventStreamHeaders,
  EventStreamHeaderValue,
  EventStreamMessage,
  StreamErrorCode,
} from "../src/event-stream/index.ts";

/** A header as JSON holds it. */
interface HeaderRow {
  readonly name: string;
  readonly type: EventStreamHeaderValue["type"];
  readonly value: never;
}

interface VectorFile {
  readonly valid: readonly {
    readonly name: string;
    readonly headers: readonly HeaderRow[];
    readonly payload: string;
    readonly bytes: string;
  }[];
  readonly corrupt: readonly { readonly name: string; readonly code: StreamErrorCode; readonly bytes: string }[];
}

/** A message with the bytes that smithy's codec makes of it. */
export interface ValidVector {
  readonly name: string;
  readonly message: EventStreamMessage;
  readonly bytes: Uint8Array;
}

/** Bytes that are not a message, and the code that says so. */
export interface CorruptVector {
  readonly name: string;
  readonly code: StreamErrorCode;
  readonly bytes: Uint8Array;
}

const bytesOf = (base64: string): Uint8Array => new Uint8Array(Buffer.from(base64, "base64"));

function valueOf({ type, value }: HeaderRow): EventStreamHeaderValue {
  if (type === "long") return { type, value: BigInt(value) };
  if (type === "binary") return { type, value: bytesOf(value) };
  if (type === "timestamp") return { type, value: new Date(value) };
  return { type, value } as EventStreamHeaderValue;
}

/** Headers of rows, in an object without prototype, so that each name is only a name. */
export function headersOf(
  rows: readonly (readonly [name: string, value: EventStreamHeaderValue])[],
): EventStreamHeaders {
  const headers = Object.create(null) as Record<string, EventStreamHeaderValue>;
  for (const [name, value] of rows) headers[name] = value;
  return headers;
}

const FILE = readJson<VectorFile>("event-stream/vectors.json");

/** Messages of every kind. */
export const VALID_VECTORS: readonly ValidVector[] = FILE.valid.map(({ name, headers, payload, bytes }) => ({
  name,
  message: { headers: headersOf(headers.map((row) => [row.name, valueOf(row)])), payload: bytesOf(payload) },
  bytes: bytesOf(bytes),
}));

/** Each kind of corruption. */
export const CORRUPT_VECTORS: readonly CorruptVector[] = FILE.corrupt.map(({ name, code, bytes }) => ({
  name,
  code,
  bytes: bytesOf(bytes),
}));

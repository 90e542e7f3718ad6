/**
 * Writes fixtures/event-stream/vectors.json. The bytes of each message come from smithy's codec, which shares no code
 * with this package; what is corrupt is made from them, with checksums by zlib where those are to hold.
 */
import { writeFileSync } from "node:fs";
import { crc32 } from "node:zlib";
import { EventStreamCodec, Int64 } from "@smithy/eventstream-codec";

type SmithyHeaders = Parameters<EventStreamCodec["encode"]>[0]["headers"];

const CODEC = new EventStreamCodec(
  (bytes) => (typeof bytes === "string" ? bytes : new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes)),
  (text) => new TextEncoder().encode(text),
);
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");

interface HeaderRow {
  readonly name: string;
  readonly type: string;
  /** As JSON can hold it: a long as digits, binary as Base64, a timestamp in milliseconds. */
  readonly value: unknown;
}

const toSmithy = ({ type, value }: HeaderRow): SmithyHeaders[string] => {
  if (type === "long") return { type, value: Int64.fromNumber(Number(value)) };
  if (type === "binary") return { type, value: Buffer.from(value as string, "base64") };
  if (type === "timestamp") return { type, value: new Date(value as number) };
  return { type, value } as SmithyHeaders[string];
};

const string = (name: string, value: string): HeaderRow => ({ name, type: "string", value });
const CHUNK_HEADERS = [
  string(":event-type", "chunk"),
  string(":content-type", "application/json"),
  string(":message-type", "event"),
];

const VALID: { name: string; headers: readonly HeaderRow[]; payload: Uint8Array }[] = [
  { name: "no headers and no payload", headers: [], payload: new Uint8Array() },
  { name: "no headers", headers: [], payload: utf8("payload") },
  { name: "no payload", headers: [string(":message-type", "event")], payload: new Uint8Array() },
  { name: "a header true", headers: [{ name: "flag", type: "boolean", value: true }], payload: utf8("{}") },
  { name: "a header false", headers: [{ name: "flag", type: "boolean", value: false }], payload: utf8("{}") },
  { name: "a byte", headers: [{ name: "byte", type: "byte", value: -128 }], payload: utf8("{}") },
  { name: "a short", headers: [{ name: "short", type: "short", value: -32_768 }], payload: utf8("{}") },
  { name: "an integer", headers: [{ name: "integer", type: "integer", value: -2_147_483_648 }], payload: utf8("{}") },
  { name: "a long", headers: [{ name: "long", type: "long", value: "-9007199254740991" }], payload: utf8("{}") },
  { name: "binary", headers: [{ name: "binary", type: "binary", value: "AAECA/8=" }], payload: utf8("{}") },
  { name: "empty binary", headers: [{ name: "binary", type: "binary", value: "" }], payload: utf8("{}") },
  { name: "a string", headers: [string("string", "application/json")], payload: utf8("{}") },
  { name: "an empty string", headers: [string("string", "")], payload: utf8("{}") },
  {
    name: "a string that is not ASCII",
    headers: [string("name \u00e4", "\ufeff gr\u00fc\u00df \u{1f600}")],
    payload: utf8("{}"),
  },
  { name: "a string of 32,767 bytes", headers: [string("string", "x".repeat(32_767))], payload: utf8("{}") },
  { name: "a name of 255 bytes", headers: [string("n".repeat(255), "x")], payload: utf8("{}") },
  {
    name: "a name of every object",
    headers: [string("__proto__", "x"), string("constructor", "y")],
    payload: utf8("{}"),
  },
  {
    name: "a timestamp",
    headers: [{ name: "timestamp", type: "timestamp", value: 1_795_219_200_123 }],
    payload: utf8("{}"),
  },
  {
    name: "a timestamp before 1970",
    headers: [{ name: "timestamp", type: "timestamp", value: -1 }],
    payload: utf8("{}"),
  },
  {
    name: "a uuid",
    headers: [{ name: "uuid", type: "uuid", value: "01234567-89ab-cdef-fedc-ba9876543210" }],
    payload: utf8("{}"),
  },
  {
    name: "a header of each type",
    headers: [
      { name: "true", type: "boolean", value: true },
      { name: "false", type: "boolean", value: false },
      { name: "byte", type: "byte", value: 127 },
      { name: "short", type: "short", value: 32_767 },
      { name: "integer", type: "integer", value: 2_147_483_647 },
      { name: "long", type: "long", value: "9007199254740991" },
      { name: "binary", type: "binary", value: "/w==" },
      string("string", "text"),
      { name: "timestamp", type: "timestamp", value: 0 },
      { name: "uuid", type: "uuid", value: "ffffffff-ffff-ffff-ffff-ffffffffffff" },
    ],
    payload: utf8("{}"),
  },
  {
    name: "a chunk of Bedrock",
    headers: CHUNK_HEADERS,
    payload: utf8('{"bytes":"eyJ0eXBlIjoicGluZyJ9","p":"abcdefgh"}'),
  },
  {
    name: "an exception of Bedrock",
    headers: [
      string(":exception-type", "throttlingException"),
      string(":content-type", "application/json"),
      string(":message-type", "exception"),
    ],
    payload: utf8('{"message":"Too many requests, please wait before trying again."}'),
  },
  {
    name: "an error",
    headers: [
      string(":error-code", "InternalFailure"),
      string(":error-message", "Something went wrong"),
      string(":message-type", "error"),
    ],
    payload: new Uint8Array(),
  },
];

/** Puts a frame together with checksums that hold, whatever else does not. */
function frame(
  headers: Uint8Array,
  payload: Uint8Array,
  lengths: { total?: number; headers?: number } = {},
): Uint8Array {
  const bytes = Buffer.alloc(headers.length + payload.length + 16);
  bytes.writeUInt32BE(lengths.total ?? bytes.length, 0);
  bytes.writeUInt32BE(lengths.headers ?? headers.length, 4);
  bytes.writeUInt32BE(crc32(bytes.subarray(0, 8)), 8);
  bytes.set(headers, 12);
  bytes.set(payload, 12 + headers.length);
  bytes.writeUInt32BE(crc32(bytes.subarray(0, -4)), bytes.length - 4);
  return bytes;
}

const header = (name: string, type: number, value: readonly number[]): Uint8Array =>
  new Uint8Array([name.length, ...utf8(name), type, ...value]);

const CHUNK = CODEC.encode({
  headers: Object.fromEntries(CHUNK_HEADERS.map((row) => [row.name, toSmithy(row)])),
  body: utf8('{"bytes":"eyJ0eXBlIjoicGluZyJ9"}'),
});
const flip = (at: number): Uint8Array => {
  const bytes = CHUNK.slice();
  bytes.set([bytes.at(at)! ^ 0x01], at < 0 ? bytes.length + at : at);
  return bytes;
};
const ONE = new Uint8Array([1]);

const CORRUPT: { name: string; code: string; bytes: Uint8Array }[] = [
  { name: "a length with a bit flipped", code: "PRELUDE_CRC", bytes: flip(3) },
  { name: "a header length with a bit flipped", code: "PRELUDE_CRC", bytes: flip(7) },
  { name: "the checksum of the prelude with a bit flipped", code: "PRELUDE_CRC", bytes: flip(11) },
  { name: "a header with a bit flipped", code: "MESSAGE_CRC", bytes: flip(14) },
  { name: "a payload with a bit flipped", code: "MESSAGE_CRC", bytes: flip(-8) },
  { name: "the checksum of the message with a bit flipped", code: "MESSAGE_CRC", bytes: flip(-1) },
  { name: "a length of 0", code: "FRAME_LENGTH", bytes: frame(new Uint8Array(), ONE, { total: 0 }) },
  {
    name: "a length below that of an empty message",
    code: "FRAME_LENGTH",
    bytes: frame(new Uint8Array(), ONE, { total: 15 }),
  },
  {
    name: "headers longer than the message",
    code: "FRAME_LENGTH",
    bytes: frame(new Uint8Array(), ONE, { headers: 2 }),
  },
  { name: "headers of 4 GiB", code: "FRAME_LENGTH", bytes: frame(new Uint8Array(), ONE, { headers: 0xffff_ffff }) },
  { name: "a length of 4 GiB", code: "FRAME_TOO_LARGE", bytes: frame(new Uint8Array(), ONE, { total: 0xffff_ffff }) },
  {
    name: "a length one above the limit",
    code: "FRAME_TOO_LARGE",
    bytes: frame(new Uint8Array(), ONE, { total: 25_296_913 }),
  },
  {
    name: "headers one above the limit",
    code: "HEADERS_TOO_LARGE",
    bytes: frame(new Uint8Array(), ONE, { total: 1_000_000, headers: 131_073 }),
  },
  { name: "a header without a name", code: "HEADER_NAME", bytes: frame(header("", 0, []), ONE) },
  { name: "a name that runs past the headers", code: "HEADER_NAME", bytes: frame(new Uint8Array([9, 0x61]), ONE) },
  { name: "a name that is no UTF-8", code: "HEADER_NAME", bytes: frame(new Uint8Array([1, 0xff, 0]), ONE) },
  {
    name: "a name that is there twice",
    code: "HEADER_NAME",
    bytes: frame(Buffer.concat([header("a", 0, []), header("a", 1, [])]), ONE),
  },
  { name: "a header without a type", code: "HEADER_VALUE", bytes: frame(new Uint8Array([1, 0x61]), ONE) },
  { name: "a header of type 10", code: "HEADER_TYPE", bytes: frame(header("a", 10, []), ONE) },
  { name: "a header of type 255", code: "HEADER_TYPE", bytes: frame(header("a", 255, []), ONE) },
  ...[2, 3, 4, 5, 6, 7, 8, 9].map((type) => ({
    name: `a value of type ${type} that is missing`,
    code: "HEADER_VALUE",
    bytes: frame(header("a", type, []), ONE),
  })),
  {
    name: "a string that runs past the headers",
    code: "HEADER_VALUE",
    bytes: frame(header("a", 7, [0, 2, 0x61]), utf8("payload")),
  },
  {
    name: "binary that runs past the headers",
    code: "HEADER_VALUE",
    bytes: frame(header("a", 6, [255, 255, 1]), utf8("payload")),
  },
  { name: "a string that is no UTF-8", code: "HEADER_VALUE", bytes: frame(header("a", 7, [0, 1, 0xff]), ONE) },
  {
    name: "a timestamp beyond what a date holds",
    code: "HEADER_VALUE",
    bytes: frame(header("a", 8, [0x7f, 255, 255, 255, 255, 255, 255, 255]), ONE),
  },
  { name: "a message that is cut off in its prelude", code: "FRAME_TRUNCATED", bytes: CHUNK.slice(0, 11) },
  { name: "a message that is cut off in its headers", code: "FRAME_TRUNCATED", bytes: CHUNK.slice(0, 30) },
  { name: "a message that is cut off before its last byte", code: "FRAME_TRUNCATED", bytes: CHUNK.slice(0, -1) },
  { name: "text that is no event stream", code: "PRELUDE_CRC", bytes: utf8('{"message":"Internal server error"}') },
];

const VECTORS = {
  valid: VALID.map(({ name, headers, payload }) => ({
    name,
    headers,
    payload: base64(payload),
    bytes: base64(
      CODEC.encode({
        headers: Object.assign(
          Object.create(null),
          ...headers.map((row) => Object.defineProperty({}, row.name, { value: toSmithy(row), enumerable: true })),
        ),
        body: payload,
      }),
    ),
  })),
  corrupt: CORRUPT.map(({ name, code, bytes }) => ({ name, code, bytes: base64(bytes) })),
};

writeFileSync(
  new URL("../../../fixtures/event-stream/vectors.json", import.meta.url),
  `${JSON.stringify(VECTORS, undefined, 2)}\n`,
);

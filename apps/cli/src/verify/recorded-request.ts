import { headerValue, type WireRequest } from "@claude-on-aws/auth/sigv4";
import { isObject } from "@claude-on-aws/endpoints";
import { CliError } from "../cli-error.ts";

/** A request as it stands in a line of the input. */
export interface RecordedRequest {
  /** As given; `null` where it has none. */
  readonly id: string | number | null;
  readonly request: WireRequest;
  /** Where the body itself is not in the line. */
  readonly bodySha256: string | undefined;
  /** Whether the line says that a body was sent, and has neither the whole of it nor its hash. */
  readonly bodyMissing: boolean;
  /** The verifier's clock, where the line sets it. */
  readonly now: Date | undefined;
  readonly service: string | undefined;
  readonly region: string | undefined;
}

/**
 * Reads one line: a JSON object that describes a request.
 *
 * @param line The line.
 * @returns The request, and what the line says of it.
 * @throws {CliError} `LINE_MALFORMED` where it is none; the message says what was expected.
 */
export function parseRecordedRequest(line: string): RecordedRequest {
  const value = parseObject(line);
  const { id } = value;
  const headers = parseHeaders(value["headers"]);
  const body = parseBody(value);
  const isWhole = !lacksBody(value, headers, body);
  const bodySha256 = parseHash(value, isWhole);
  const isSecondVersion = headers.some(([name]) => name === ":authority");
  return {
    id: typeof id === "string" || typeof id === "number" ? id : null,
    request: {
      method: text(value, "method") ?? missing("method"),
      target: parseTarget(text(value, "target") ?? missing("target")),
      headers,
      httpVersion: text(value, "httpVersion") ?? (isSecondVersion ? "2.0" : "1.1"),
      body,
    },
    bodySha256,
    bodyMissing: !isWhole && bodySha256 === undefined,
    now: parseNow(text(value, "now")),
    service: text(value, "service"),
    region: text(value, "region"),
  };
}

type JsonObject = Readonly<Record<string, unknown>>;

function parseObject(line: string): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (cause) {
    throw new CliError("LINE_MALFORMED", "Cannot read line: it is not JSON; expected one JSON object a line", {
      cause,
    });
  }
  if (isObject(value)) return value;
  throw new CliError("LINE_MALFORMED", "Cannot read line: expected a JSON object with method, target and headers");
}

function text(value: JsonObject, name: string): string | undefined {
  const found = value[name];
  if (found === undefined || found === null) return undefined;
  if (typeof found === "string") return found;
  throw new CliError("LINE_MALFORMED", `Cannot read "${name}": expected a text, found ${typeof found}`);
}

function missing(name: string): never {
  throw new CliError("LINE_MALFORMED", `Cannot read line: it has no "${name}"; expected method, target and headers`);
}

function parseTarget(target: string): string {
  if (/^(?:\/|https?:\/\/)/i.test(target)) return target;
  throw new CliError(
    "LINE_MALFORMED",
    'Cannot read "target": expected the path and query as sent, such as "/v1/messages?beta=true"',
  );
}

function parseHeaders(value: unknown): WireRequest["headers"] {
  if (Array.isArray(value)) return value.map(parsePair);
  if (isObject(value)) {
    return Object.entries(value).flatMap(([name, given]) =>
      (Array.isArray(given) ? (given as unknown[]) : [given]).map((each) => parsePair([name, each])),
    );
  }
  throw new CliError("LINE_MALFORMED", 'Cannot read "headers": expected pairs of name and value, or an object');
}

function parsePair(pair: unknown): readonly [string, string] {
  if (Array.isArray(pair) && pair.length === 2) {
    const [name, value] = pair as readonly unknown[];
    if (typeof name === "string" && typeof value === "string") return [name, value];
    if (typeof name === "string" && typeof value === "number") return [name, `${value}`];
  }
  throw new CliError("LINE_MALFORMED", 'Cannot read "headers": expected each to be a name and a value, both texts');
}

function parseBody(value: JsonObject): Uint8Array {
  const base64 = text(value, "bodyBase64");
  if (base64 !== undefined) {
    try {
      return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    } catch (cause) {
      throw new CliError("LINE_MALFORMED", 'Cannot read "bodyBase64": it is not base64', { cause });
    }
  }
  return new TextEncoder().encode(text(value, "body") ?? "");
}

const hasBody = (value: JsonObject): boolean =>
  typeof value["body"] === "string" || typeof value["bodyBase64"] === "string";

/** Whether more was sent than the body that is given. A body in chunks, which say no length, may be given as empty. */
function lacksBody(value: JsonObject, headers: WireRequest["headers"], body: Uint8Array): boolean {
  const stated = [value["bodyBytes"], headerValue(headers, "content-length")].map(Number);
  if (stated.some((bytes) => bytes > body.length)) return true;
  return !hasBody(value) && headerValue(headers, "transfer-encoding") !== undefined;
}

function parseHash(value: JsonObject, isWhole: boolean): string | undefined {
  const hash = text(value, "bodySha256")?.toLowerCase();
  // The body itself is the better witness.
  if (hash === undefined || (hasBody(value) && isWhole)) return undefined;
  if (/^[0-9a-f]{64}$/.test(hash)) return hash;
  throw new CliError("LINE_MALFORMED", 'Cannot read "bodySha256": expected 64 hexadecimal digits');
}

function parseNow(now: string | undefined): Date | undefined {
  if (now === undefined) return undefined;
  const date = new Date(now);
  if (/^\d{4}-\d{2}-\d{2}T/.test(now) && !Number.isNaN(date.getTime())) return date;
  throw new CliError("LINE_MALFORMED", 'Cannot read "now": expected an ISO time such as "2026-11-21T12:00:00Z"');
}

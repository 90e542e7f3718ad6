import { HIDDEN, isObject } from "@claude-on-aws/endpoints";
import type { NamedMistake } from "./judgement.ts";

/** A request of an input, as it stands in it. */
export interface Entry {
  /** The JSON object of a request, as `parseRecordedRequest` reads it from a line. */
  readonly text: string;
  /** What was recorded of it, where the input is a journal that no longer has the whole request. */
  readonly recorded?: RecordedVerdict;
}

/** The verdict on a request that was redacted or cut when it was recorded. */
export interface RecordedVerdict {
  readonly ok: boolean;
  /** What it was refused for. */
  readonly code: string | undefined;
  readonly message: string | undefined;
  /** The mistakes that the fake named. */
  readonly diagnosis: readonly NamedMistake[];
}

type JsonObject = Readonly<Record<string, unknown>>;

/** What a value of JSON holds: a request, or a list of them. */
export type ReadJson = { readonly one: Entry } | { readonly list: readonly Entry[] };

/**
 * Reads a value of JSON: a request, an array of them, a HAR, or the journal of a fake.
 *
 * @param text The value.
 * @returns Its requests; `undefined` where it is no JSON.
 * @see {@link http://www.softwareishard.com/blog/har-12-spec/ | HAR 1.2}
 */
export function readJson(text: string): ReadJson | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  // An empty one among requests is said to be none.
  if (Array.isArray(value) && value.length > 0) return { list: value.map((each) => ({ text: JSON.stringify(each) })) };
  if (!isObject(value)) return { one: { text } };
  const entries = isObject(value["log"]) ? value["log"]["entries"] : undefined;
  if (Array.isArray(entries)) return { list: entries.map(fromHar) };
  if (Array.isArray(value["exchanges"])) return { list: value["exchanges"].map(fromJournal) };
  return { one: { text } };
}

const objectOf = (value: unknown): JsonObject => (isObject(value) ? value : {});
const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

/** An entry of a HAR: its URL is absolute, its headers are objects, and the body is a text beside its type. */
function fromHar(entry: unknown, index: number): Entry {
  const request = objectOf(objectOf(entry)["request"]);
  const url = URL.parse(textOf(request["url"]) ?? "");
  const given = Array.isArray(request["headers"]) ? request["headers"] : [];
  const headers = given.map((header) => [objectOf(header)["name"], objectOf(header)["value"]]);
  const names = new Set(headers.map(([name]) => String(name).toLowerCase()));
  const posted = objectOf(request["postData"]);
  const isBase64 = posted["encoding"] === "base64" || posted["_encoding"] === "base64";
  return {
    text: JSON.stringify({
      id: objectOf(entry)["_id"] ?? `entry ${index + 1}`,
      method: request["method"],
      // As it stands in the text: reading a URL changes its percent-encoding.
      target: textOf(request["url"])
        ?.replace(/^[a-z]+:\/\/[^/?#]*/i, "")
        .replace(/#.*$/, ""),
      headers:
        url === null || names.has("host") || names.has(":authority") ? headers : [["host", url.host], ...headers],
      // Left out where it is not recorded; its length is -1 where that is not known.
      [isBase64 ? "bodyBase64" : "body"]: posted["text"],
      bodyBytes: request["bodySize"],
    }),
  };
}

/** An exchange of a journal: whole, or with the verdict that the fake gave on what it saw. */
function fromJournal(exchange: unknown): Entry {
  const entry = objectOf(exchange);
  const request = objectOf(entry["request"]);
  const text = JSON.stringify({ ...request, id: entry["id"], now: entry["time"] });
  if (!isChanged(request)) return { text };
  const checks = Array.isArray(entry["checks"]) ? entry["checks"].map(objectOf) : [];
  const found = checks.find(({ check }) => check === "authentication");
  if (found === undefined) return { text };
  const fault = objectOf(found["fault"]);
  const code = textOf(objectOf(fault["details"])["code"]) ?? textOf(fault["name"]);
  const diagnosis = (Array.isArray(entry["diagnosis"]) ? entry["diagnosis"] : []).filter(isMistake);
  return { text, recorded: { ok: found["fault"] === undefined, code, message: textOf(fault["message"]), diagnosis } };
}

const isMistake = (value: unknown): value is NamedMistake =>
  isObject(value) && ["code", "message", "fix"].every((name) => typeof value[name] === "string");

/** Whether a request no longer is what was sent. */
function isChanged(request: JsonObject): boolean {
  const body = textOf(request["body"]) ?? "";
  const bytes = request["bodyBytes"];
  const isCut = typeof bytes === "number" && new TextEncoder().encode(body).length !== bytes;
  return isCut || HIDDEN.test(JSON.stringify(request));
}

/** The first line of a request of HTTP/1.1. */
const REQUEST_LINE = /^([A-Z]+) (\S+) HTTP\/(\d(?:\.\d)?)$/;

/** How curl marks what it sent, what was answered (but for 100 Continue, before which no body is sent), and what it only tells. */
const CURL_SENT = /^> ?/;
const CURL_ANSWERED = /^< HTTP\/\S+ [2-9]/;
const CURL_TOLD = /^(?:[*<] |[*<]$|[{}] \[\d+ bytes data\])/;

/** The two lines above curl's progress meter. */
const CURL_METER_HEADS: readonly RegExp[] = [/^ +% +Total +% +Received/, /^ +Dload +Upload/];
/** A state of the meter: counts, three times, the last of them what is left, and the speed. */
const CURL_METER =
  /^ {0,3}\d{1,3} [\d.kMGTP ]{10,60}?(?: {1,8}(?:--:--:--|\d+:\d\d:\d\d|\d+d \d\dh|\d+[dy])){3} {1,8}[\d.]+[kMGTP]?/;
/** A state of the bar that curl draws with `--progress-bar`. */
const CURL_BAR = /^[-#=O ]+(?:\d+\.\d%)?/;

/**
 * Reads requests as they stand on the wire, one behind another, also as curl prints them with `--verbose`.
 *
 * @param text The input.
 * @returns Its requests; `undefined` where it begins with something else, so that its lines are read one by one.
 */
export function readDump(text: string): readonly Entry[] | undefined {
  const lines = text.split("\n").map((line) => line.replace(/\r$/, ""));
  const metered = lines.flatMap(withoutMeter);
  const isCurl = metered.some((line) => CURL_SENT.test(line) && REQUEST_LINE.test(line.replace(CURL_SENT, "")));
  const sent = isCurl ? sentByCurl(metered) : sentOnWire(lines);
  return sent?.map((request) => ({ text: JSON.stringify(readWire(request)) }));
}

/** What stands in a line beside curl's progress meter, which is written over itself, and into the line that comes next. */
function withoutMeter(line: string): readonly string[] {
  if (CURL_METER_HEADS.some((head) => head.test(line))) return [];
  const parts = line.split("\r");
  // A bar looks like the indent of a body, but that it is drawn over.
  const bar = parts.length > 1 ? CURL_BAR : "";
  const told = parts.map((part) => part.replace(CURL_METER, "").replace(bar, ""));
  // An empty line ends the headers, and a line that holds the meter alone is none.
  return told.filter((part) => part !== "" || line === "");
}

function sentOnWire(lines: readonly string[]): readonly (readonly string[])[] | undefined {
  const starts = lines.flatMap((line, index) => (REQUEST_LINE.test(line) ? [index] : []));
  const [first] = starts;
  if (first === undefined || lines.slice(0, first).some((line) => line.trim() !== "")) return undefined;
  return starts.map((start, index) => lines.slice(start, starts[index + 1]));
}

/**
 * The headers as curl marks them, and a body that somebody wrote behind them: what follows an answer belongs to that. How many
 * bytes curl says that it sent is no sign of a body: those of TLS are told in the same way.
 */
function sentByCurl(lines: readonly string[]): readonly (readonly string[])[] {
  const found: string[][] = [];
  let open: string[] | undefined;
  for (const line of lines) {
    if (CURL_SENT.test(line)) {
      const sent = line.replace(CURL_SENT, "");
      if (REQUEST_LINE.test(sent)) found.push((open = []));
      open?.push(sent);
    } else if (CURL_ANSWERED.test(line)) open = undefined;
    else if (!CURL_TOLD.test(line)) open?.push(line);
  }
  return found;
}

function readWire([first = "", ...rest]: readonly string[]): object {
  const [, method, target, httpVersion] = REQUEST_LINE.exec(first) ?? [];
  const empty = rest.indexOf("");
  const headerLines = rest.slice(0, empty < 0 ? rest.length : empty);
  const headers = headerLines.map((line) => {
    const colon = line.indexOf(":", 1);
    return [line.slice(0, colon), line.slice(colon + 1).trimStart()];
  });
  const body = bodyOf(headers, empty < 0 ? [] : rest.slice(empty + 1));
  // No body in a dump is one that was not recorded, where the headers tell of one.
  return { method, target, httpVersion, headers, ...(body === "" ? {} : { body }) };
}

/** As long as `content-length` says; without one, up to the empty lines at the end. */
function bodyOf(headers: readonly (readonly string[])[], lines: readonly string[]): string {
  const text = lines.join("\n");
  const length = headers.find(([name]) => name?.toLowerCase() === "content-length")?.[1];
  if (length === undefined) return text.replace(/\n+$/, "");
  return new TextDecoder().decode(new TextEncoder().encode(text).subarray(0, Number(length)));
}

import { isObject } from "@claude-on-aws/endpoints";
import type { RecordedEntry } from "@claude-on-aws/fake/server";
import { createReadStream } from "node:fs";
import process from "node:process";
import { CliError } from "../cli-error.ts";
import { explainFileError } from "../fake/explain-file-error.ts";

/** Where a fake listens unless told otherwise. */
export const DEFAULT_JOURNAL = "http://127.0.0.1:4242";

/** More than a full journal of long bodies. */
const MAX_JOURNAL_BYTES = 268_435_456;

const PATH = "/_fake/journal";

/** An exchange of a journal, as far as it is read here. */
export interface LoadedEntry extends RecordedEntry {
  readonly id: string;
  /** Name of the operation. */
  readonly operation?: string;
}

/**
 * Reads the exchanges of a journal.
 *
 * @param source The path of a file, `-` for standard input, or the URL of a fake that runs.
 * @param maxBytes Longest journal that is read.
 * @returns The exchanges, in the order of the journal.
 * @throws {CliError} `USAGE` for a URL that is none, `JOURNAL_UNREACHABLE` where no fake answers at it, `FILE_UNREADABLE`,
 * `FILE_MALFORMED` where it is no journal.
 */
export async function loadJournal(
  source: string,
  maxBytes: number = MAX_JOURNAL_BYTES,
): Promise<readonly LoadedEntry[]> {
  const text = await readText(await open(source), source, maxBytes);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new CliError("FILE_MALFORMED", `Cannot read the journal ${source}: found no JSON, ${EXPECTED}`, { cause });
  }
  const exchanges = (value as { readonly exchanges?: unknown } | null)?.exchanges;
  if (Array.isArray(exchanges) && exchanges.every(isEntry)) return exchanges;
  throw new CliError("FILE_MALFORMED", `Cannot use the journal ${source}: found other JSON, ${EXPECTED}`);
}

const EXPECTED = `expected what a fake answers to GET ${PATH}`;

type Pieces = AsyncIterable<Uint8Array>;

async function open(source: string): Promise<Pieces> {
  if (source === "-") return process.stdin;
  if (!/^https?:\/\//.test(source)) return createReadStream(source);
  const url = URL.parse(source);
  if (url === null) {
    throw new CliError(
      "USAGE",
      `Cannot read the journal ${source}: it is no URL; expected one such as ${DEFAULT_JOURNAL}`,
    );
  }
  if (url.pathname === "/") url.pathname = PATH;
  let response: Response;
  try {
    response = await fetch(url);
  } catch (cause) {
    const way = "start one with claude-on-aws fake, or name a file with --journal";
    throw new CliError("JOURNAL_UNREACHABLE", `Cannot read the journal ${url.href}: no fake answers there; ${way}`, {
      cause,
    });
  }
  if (response.ok && response.body !== null) return response.body as unknown as Pieces;
  await response.body?.cancel();
  throw new CliError(
    "JOURNAL_UNREACHABLE",
    `Cannot read the journal ${url.href}: found status ${response.status}, ${EXPECTED}`,
  );
}

async function readText(pieces: Pieces, source: string, maxBytes: number): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  try {
    for await (const piece of pieces) {
      bytes += piece.length;
      if (bytes > maxBytes) break;
      text += decoder.decode(piece, { stream: true });
    }
  } catch (cause) {
    throw new CliError("FILE_UNREADABLE", `Cannot read the journal ${source}: ${explainFileError(cause)}`, { cause });
  }
  if (bytes <= maxBytes) return text + decoder.decode();
  throw new CliError(
    "FILE_UNREADABLE",
    `Cannot read the journal ${source}: it is longer than ${maxBytes} bytes; ask for less with ?limit=`,
  );
}

/** Whether it has what is read of it. */
function isEntry(value: unknown): value is LoadedEntry {
  const { id, provider, time, request, caller, model, checks, permissions } = (value ?? {}) as Partial<LoadedEntry>;
  return (
    typeof id === "string" &&
    typeof provider === "string" &&
    typeof time === "string" &&
    !Number.isNaN(Date.parse(time)) &&
    typeof request?.method === "string" &&
    typeof request.target === "string" &&
    typeof request.body === "string" &&
    Array.isArray(request.headers) &&
    request.headers.every(isHeader) &&
    [caller, model].every((part) => part === undefined || isObject(part)) &&
    (checks === undefined || (Array.isArray(checks) && checks.every(isObject))) &&
    (permissions === undefined || arePermissions(permissions))
  );
}

/** Whether it is what a fake says had to be allowed; older ones do not say it. */
function arePermissions(value: unknown): value is LoadedEntry["permissions"] {
  const { accountId, context, needed } = (value ?? {}) as Readonly<Record<string, unknown>>;
  return (
    typeof accountId === "string" &&
    isContext(context) &&
    Array.isArray(needed) &&
    needed.every(
      (one) =>
        isObject(one) &&
        typeof one["action"] === "string" &&
        typeof one["resource"] === "string" &&
        (one["context"] === undefined || isContext(one["context"])),
    )
  );
}

const isContext = (value: unknown): boolean =>
  isObject(value) && Object.values(value).every((one) => (Array.isArray(one) ? one : [one]).every(isScalar));

const isScalar = (value: unknown): boolean => ["string", "number", "boolean"].includes(typeof value);

const isHeader = (header: unknown): boolean =>
  Array.isArray(header) && header.length === 2 && header.every((text) => typeof text === "string");

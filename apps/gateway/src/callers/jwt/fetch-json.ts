import { isObject } from "@claude-on-aws/endpoints";

/** What {@link fetchJson} keeps to. */
export interface FetchJsonOptions {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** The longest answer, in bytes, as it is after decompression. */
  readonly maxBytes: number;
  /** Ends what takes too long. */
  readonly deadline: () => AbortSignal;
}

/**
 * Fetches a JSON object: without credentials, without following redirects, no longer and no more than it may.
 *
 * @param url Where it is.
 * @param options Limits, and what fetches.
 * @returns The object.
 * @throws {Error} whose message says what was wrong, as words that follow "Cannot read URL: ".
 */
export async function fetchJson(
  url: string,
  { fetch, maxBytes, deadline }: FetchJsonOptions,
): Promise<Readonly<Record<string, unknown>>> {
  const signal = deadline();
  const response = await fetch(url, {
    headers: { accept: "application/json" },
    redirect: "manual",
    credentials: "omit",
    signal,
  });
  if (response.status !== 200) {
    void response.body?.cancel().catch(() => {});
    throw new Error(`it answers with status ${response.status}, expected 200 and no redirect`);
  }
  const value: unknown = JSON.parse(await readText(response, maxBytes));
  if (!isObject(value)) throw new Error("it is no JSON object");
  return value;
}

async function readText({ body }: Response, maxBytes: number): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let length = 0;
  if (body === null) return text;
  for await (const piece of body as AsyncIterable<Uint8Array>) {
    length += piece.length;
    if (length > maxBytes) throw new Error(`it is longer than ${maxBytes} bytes`);
    text += decoder.decode(piece, { stream: true });
  }
  return text + decoder.decode();
}

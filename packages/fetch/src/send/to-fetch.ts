import { streamOf } from "../answer/body-source.ts";
import { readFetchRequest } from "../request/read-fetch-request.ts";
import type { Sender } from "./create-sender.ts";

const RESET_CONTENT = 205;

/**
 * Makes a `fetch` of what sends requests.
 *
 * @param send Sends them.
 * @returns The function.
 */
export function toFetch(send: Sender["send"]): typeof globalThis.fetch {
  const fetch = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const { status, headers, body } = await send(readFetchRequest(input, init));
    // A Response of this status cannot have one; what the service sends as such, nobody could read.
    const isBare = body === null || status === RESET_CONTENT;
    if (isBare) body?.cancel();
    return new Response(isBare ? null : streamOf(body), { status, headers: headers as [string, string][] });
  };
  return fetch as typeof globalThis.fetch;
}

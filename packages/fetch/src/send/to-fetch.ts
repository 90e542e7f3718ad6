import { streamOf } from "../answer/body-source.ts";
import { readFetchRequest } from "../request/read-fetch-request.ts";
import type { Sender } from "./create-sender.ts";

/**
 * Makes a `fetch` of what sends requests.
 *
 * @param send Sends them.
 * @returns The function.
 */
export function toFetch(send: Sender["send"]): typeof globalThis.fetch {
  const fetch = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const { status, headers, body } = await send(readFetchRequest(input, init));
    return new Response(body === null ? null : streamOf(body), { status, headers: headers as [string, string][] });
  };
  return fetch as typeof globalThis.fetch;
}

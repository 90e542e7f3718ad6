import type { ReceivedRequest } from "../../src/terms/wire.ts";

/**
 * A request with a body in JSON, authenticated by some key as its service wants it: one of the platform for
 * `/v1/…`, else one of Bedrock.
 *
 * @param headers Further ones, or others in place of those that it has.
 */
export function keyedRequest(
  target: string,
  body: string | object,
  headers: Readonly<Record<string, string>> = {},
): ReceivedRequest {
  const key: Readonly<Record<string, string>> = target.startsWith("/v1/")
    ? { "x-api-key": "k", "anthropic-workspace-id": "wrkspc_1" }
    : { authorization: "Bearer ABSKx" };
  return {
    method: "POST",
    target,
    headers: Object.entries({
      host: "127.0.0.1:4242",
      "content-type": "application/json",
      "anthropic-version": "2023-06-01",
      ...key,
      ...headers,
    }),
    httpVersion: "1.1",
    body: new TextEncoder().encode(typeof body === "string" ? body : JSON.stringify(body)),
    wire: "received",
  };
}

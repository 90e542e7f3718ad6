import { CONTENT_TYPES } from "./content-type.ts";

/**
 * Says which headers a response of Bedrock has once its event stream is server-sent events.
 *
 * @param headers Headers of Bedrock.
 * @returns What is written over them; `null` removes one. The SDKs of Anthropic show `request-id`.
 */
export function toSseHeaders(headers: Headers): Readonly<Record<string, string | null>> {
  return {
    "content-type": `${CONTENT_TYPES.sse}; charset=utf-8`,
    "cache-control": "no-cache",
    "x-amzn-bedrock-content-type": null,
    ...(headers.has("x-amzn-requestid") &&
      !headers.has("request-id") && { "request-id": headers.get("x-amzn-requestid") }),
  };
}

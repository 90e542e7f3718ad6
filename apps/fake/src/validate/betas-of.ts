import { headerValue, headerValues } from "@claude-on-aws/auth/sigv4";
import { isObject } from "@claude-on-aws/endpoints";
import type { Exchange } from "../exchange/exchange.ts";
import { speaksMessagesApi } from "../exchange/speaks-messages-api.ts";

const NONE: readonly string[] = [];

/**
 * Lists the betas that a request asks for: in its header on every route of the Messages API, that of Bedrock's runtime
 * included, and in its body on the other routes of Amazon Bedrock, where alone they count there.
 *
 * @returns In their order, trimmed.
 */
export function betasOf({
  request,
  route,
  input = {},
}: Pick<Exchange, "request" | "route" | "input">): readonly string[] {
  if (!speaksMessagesApi(route)) {
    const more = input["additionalModelRequestFields"];
    const inBody = isObject(more) ? more["anthropic_beta"] : input["anthropic_beta"];
    return Array.isArray(inBody) ? inBody.filter((flag) => typeof flag === "string") : NONE;
  }
  if (headerValue(request.headers, "anthropic-beta") === undefined) return NONE;
  // A list may stand in several headers, as HTTP has it.
  return headerValues(request.headers, "anthropic-beta")
    .join(",")
    .split(",")
    .map((flag) => flag.trim())
    .filter((flag) => flag !== "");
}

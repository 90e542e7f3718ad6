import { headerValue } from "@claude-on-aws/auth/sigv4";
import { isObject } from "@claude-on-aws/endpoints";
import type { Exchange } from "../exchange/exchange.ts";
import { speaksMessagesApi } from "../exchange/speaks-messages-api.ts";

const NONE: readonly string[] = [];

/**
 * Lists the betas that a request asks for: in its header, or, for Amazon Bedrock, in its body, where alone they count.
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
  const header = headerValue(request.headers, "anthropic-beta");
  if (header === undefined) return NONE;
  return header
    .split(",")
    .map((flag) => flag.trim())
    .filter((flag) => flag !== "");
}

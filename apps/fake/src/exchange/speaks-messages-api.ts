import type { Exchange } from "./exchange.ts";

/**
 * Tells whether a route is one of the Messages API, with its headers: all but those of Amazon Bedrock, whose runtime has one
 * of them.
 *
 * @returns `true` where `anthropic-beta` and an `x-api-key` are read of the headers.
 */
export const speaksMessagesApi = ({ provider, operation }: Exchange["route"]): boolean =>
  provider !== "bedrock" || operation?.built?.form === "message";

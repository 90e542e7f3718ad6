/**
 * A `fetch` for Claude Platform on AWS alone.
 *
 * @module
 */
export { FetchError, type FetchErrorCode } from "../fetch-error.ts";
export { type AnthropicAwsFetchOptions, createAnthropicAwsFetch } from "./create-anthropic-aws-fetch.ts";
export type { SendOptions } from "../send/settings.ts";
export type { TimeLimits } from "../send/time-limits.ts";

/**
 * All of what the entries `/claude`, `/event-stream` and `/sse` hold.
 *
 * @module
 */
export * from "./claude/index.ts";
export * from "./event-stream/index.ts";
export * from "./sse/index.ts";

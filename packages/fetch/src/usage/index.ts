/**
 * Reads what an answer used, as it goes by.
 *
 * @module
 */
export type { AnswerReader } from "./answer-reader.ts";
export { addUsage } from "./claude-usage.ts";
export { createAnswerReader } from "./create-answer-reader.ts";
export { NO_USAGE, type Usage } from "./usage.ts";

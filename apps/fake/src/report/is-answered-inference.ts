import type { JournalEntry } from "../judge/journal-entry.ts";
import { OPERATIONS } from "../operations/operations.ts";

/** The operations that answer a message, by their names. */
const INFERENCES: ReadonlySet<string> = new Set(
  OPERATIONS.filter(({ built }) => built?.form !== undefined).map(({ name }) => name),
);

/**
 * Tells whether an exchange asked a model, and was not refused. What a scenario or a handler answers with an error is no
 * refusal, nor is what was answered although something is wrong with it.
 */
export const isAnsweredInference = ({ operation, checks, reply }: JournalEntry): boolean =>
  INFERENCES.has(operation ?? "") && !(reply.status >= 400 && checks.some(({ fault }) => fault !== undefined));

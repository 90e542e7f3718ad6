import { createPaint } from "../create-paint.ts";
import { formatExplained } from "../send/format-explained.ts";
import { foldText } from "../fold-text.ts";
import type { TryReport } from "./try-report.ts";

const SENT: Readonly<Record<NonNullable<TryReport["sent"]>, string>> = {
  count_tokens: "counted the tokens of a message",
  message: "answered a message with one token",
};

/** What counting tokens does not prove. */
const NOT_PROVEN =
  "Counting does not prove that it may also answer, which is a permission of its own (CreateInference) and costs: claude-on-aws ask tries that.";

/**
 * Writes for people what came of a try.
 *
 * @param report The report.
 * @param colour Whether to colour it.
 * @returns Its lines.
 */
export function formatTry(report: TryReport, colour: boolean): readonly string[] {
  const { ok, sent, status, requestId, type, message, cause, fix, statements } = report;
  const paint = createPaint(colour);
  const id = requestId === null ? "" : ` (request ${requestId})`;
  if (ok && sent !== null) {
    const proven = `${paint("green", "It works")}: the service ${SENT[sent]}${id}.`;
    return sent === "count_tokens" ? [proven, ...foldText(NOT_PROVEN, 88).map((line) => `  ${line}`)] : [proven];
  }
  const head =
    sent === null
      ? paint("red", "Nothing was sent.")
      : status === null
        ? paint("red", "There was no answer.")
        : `${paint("red", "Refused")}: ${status} ${type ?? ""}${id}`;
  const words = message === null ? [] : foldText(message.split("\n", 1)[0] ?? "", 88).map((line) => `  ${line}`);
  return [head, ...words, ...formatExplained({ cause: cause ?? "", fix: fix ?? "", statements }, paint)];
}

import type { ClientAnswer } from "../check-context.ts";
import { errorOf, shown } from "../readings.ts";
import { expectThat } from "../verdicts.ts";

/** Says what an answer is, in a verdict. */
export function described({ status, json, text }: ClientAnswer): string {
  const { type, message } = errorOf(json);
  if (status < 300 || (type ?? message) === undefined)
    return `${status}${text === "" ? "" : `: ${text.slice(0, 120)}`}`;
  return `${status}${type === undefined ? "" : ` ${shown(type)}`}: ${shown(message)}`;
}

/** Demands that a request was answered. */
export function expectAnswered(answer: ClientAnswer): void {
  expectThat(answer.status === 200, described(answer), "an answer, 200");
}

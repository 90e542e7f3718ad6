/** What a whole test took. */
export interface MeasuredTimes {
  /** How long `start` took until it answered, in milliseconds. */
  readonly startMs: number;
  /** From the first step to the last, in milliseconds. */
  readonly totalMs: number;
  /** Each step by its name, in milliseconds. */
  readonly steps: readonly (readonly [name: string, elapsedMs: number])[];
  /** Tests of all runs together. */
  readonly tests: number;
  readonly cores: number;
  readonly date: Date;
}

const BEGIN = "<!-- times: written by pnpm test --write-times -->";
const END = "<!-- end times -->";

/**
 * Puts measured times where a text has room for them.
 *
 * @param text A README with the two marks.
 * @param times What was measured.
 * @returns The text with these times.
 * @throws {Error} where a mark is missing.
 */
export function writeTimes(text: string, times: MeasuredTimes): string {
  const begin = text.indexOf(BEGIN);
  const end = text.indexOf(END);
  if (begin === -1 || end < begin) {
    throw new Error(`Cannot write the times: expected the lines "${BEGIN}" and "${END}", in this order`);
  }
  return `${text.slice(0, begin)}${BEGIN}\n\n${formatTimes(times)}\n\n${text.slice(end)}`;
}

function formatTimes({ startMs, totalMs, steps, tests, cores, date }: MeasuredTimes): string {
  const each = steps.map(([name, elapsedMs]) => `${name} ${seconds(elapsedMs)}`).join(", ");
  const day = date.toISOString().slice(0, 10);
  return [
    `With everything installed, and built and checked once, on ${cores} cores (${day}): \`start\` answers after ${seconds(startMs, 1)} beyond what npx takes, \`test\` ends after`,
    `${seconds(totalMs)} with ${tests.toLocaleString("en")} tests in three runs: ${each}. Steps that need no other run two at a time.`,
  ].join("\n");
}

const seconds = (milliseconds: number, digits = 0): string => `${(milliseconds / 1000).toFixed(digits)} s`;

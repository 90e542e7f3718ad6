/** A step that ended. */
export interface FinishedStep {
  readonly name: string;
  readonly ok: boolean;
  readonly elapsedMs: number;
  /** What else the line says. */
  readonly note?: string | undefined;
}

const NAME_COLUMNS = 16;
const GREEN = "\u001B[32m";
const RED = "\u001B[31m";
const RESET = "\u001B[39m";

/** Writes the line of progress of a step. */
export function formatStep({ name, ok, elapsedMs, note }: FinishedStep, colour: boolean): string {
  const verdict = (ok ? "ok" : "failed").padEnd(6);
  const coloured = colour ? `${ok ? GREEN : RED}${verdict}${RESET}` : verdict;
  const seconds = `${(elapsedMs / 1000).toFixed(1)} s`.padStart(8);
  return `${name.padEnd(NAME_COLUMNS)} ${coloured}${seconds}${note === undefined ? "" : `   ${note}`}`;
}

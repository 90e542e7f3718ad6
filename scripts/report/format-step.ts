import { styleText } from "node:util";

/** A step that ended. */
export interface FinishedStep {
  readonly name: string;
  readonly ok: boolean;
  readonly elapsedMs: number;
  /** What else the line says. */
  readonly note?: string | undefined;
}

const NAME_COLUMNS = 16;

/** Writes the line of progress of a step. */
export function formatStep({ name, ok, elapsedMs, note }: FinishedStep, colour: boolean): string {
  const verdict = (ok ? "ok" : "failed").padEnd(6);
  const coloured = colour ? styleText(ok ? "green" : "red", verdict, { validateStream: false }) : verdict;
  const seconds = `${(elapsedMs / 1000).toFixed(1)} s`.padStart(8);
  return `${name.padEnd(NAME_COLUMNS)} ${coloured}${seconds}${note === undefined ? "" : `   ${note}`}`;
}

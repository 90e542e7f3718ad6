/** How a check of an example went. */
export interface Outcome {
  readonly name: string;
  readonly problems: readonly string[];
  /** Said behind the name, such as why it was skipped. */
  readonly note?: string | undefined;
  readonly skipped?: boolean | undefined;
}

/** Writes an outcome on a line, and what is wrong on the lines below it. */
export function formatOutcome({ name, problems, note, skipped = false }: Outcome): string {
  const word = problems.length > 0 ? "failed " : skipped ? "skipped" : "ok     ";
  const head = `${word} ${name}${note === undefined ? "" : `: ${note}`}`;
  return [head, ...problems.map((problem) => `        ${problem.trim().replaceAll("\n", "\n          ")}`)].join("\n");
}

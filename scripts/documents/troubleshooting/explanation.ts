import type { CauseAndFix } from "../../../apps/cli/src/refusals/refusal-explanations.ts";

export type { CauseAndFix };

/** The same, with where it is known from: the address of a page, or the client and version in which it was observed. */
export interface Explanation extends CauseAndFix {
  readonly source: string;
}

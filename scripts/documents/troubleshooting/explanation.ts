/** What goes wrong, and the way out. */
export interface CauseAndFix {
  readonly cause: string;
  readonly fix: string;
}

/** The same, with where it is known from: the address of a page, or the client and version in which it was observed. */
export interface Explanation extends CauseAndFix {
  readonly source: string;
}

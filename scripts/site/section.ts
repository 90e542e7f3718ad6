/** A part of a page, from one heading to the next: what a search finds. */
export interface Section {
  /** Title of the page that it is on. */
  readonly page: string;
  readonly heading: string;
  /** Address from the root of the site, with the place behind `#`. */
  readonly url: string;
  /** What stands in code and in the cells of tables: whole phrases, such as the words of an error. */
  readonly phrases: readonly string[];
  /** Everything that it says, as plain text. */
  readonly text: string;
}

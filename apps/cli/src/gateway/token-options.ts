/** What the commands for tokens take from outside. */
export interface TokenOptions {
  /**
   * The clock.
   *
   * @default {() => new Date()}
   */
  readonly now?: (() => Date) | undefined;
}

/** What is common to the commands for tokens. */
export interface TokenFlags {
  /** The file of tokens. */
  readonly file: string;
  readonly json: boolean;
}

/** The file of tokens where none is named. */
export const DEFAULT_TOKENS_FILE = "gateway-tokens.json";

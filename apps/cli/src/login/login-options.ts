import type { LoadOptions } from "@claude-on-aws/env/load";

/** What the command takes from its surroundings. */
export interface LoginOptions extends LoadOptions {
  /**
   * Shows what `awsAuthRefresh` prints, and what goes wrong with it.
   *
   * @default {prints on standard error}
   */
  readonly show?: ((text: string) => void) | undefined;
}

/** What the command was called with. */
export interface LoginFlags {
  readonly who: boolean;
  readonly json: boolean;
}

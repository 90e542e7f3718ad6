import type { LoadOptions } from "@claude-on-aws/env/load";

/** What the command takes from its surroundings. */
export interface AskOptions extends LoadOptions {
  /**
   * Where the message is read from.
   *
   * @default {standard input}
   */
  readonly input?: (AsyncIterable<Uint8Array> & { readonly isTTY?: boolean | undefined }) | undefined;
  /**
   * The longest message that is read, in bytes.
   *
   * @default {16_777_216}
   */
  readonly maxInputBytes?: number | undefined;
}

/** What the command was called with. */
export interface AskFlags {
  readonly text: string;
  readonly model: string | undefined;
  readonly maxTokens: number;
  readonly json: boolean;
}

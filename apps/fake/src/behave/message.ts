/** How many tokens an answer took. */
export interface Usage {
  readonly input_tokens: number;
  readonly cache_creation_input_tokens: number;
  readonly cache_read_input_tokens: number;
  readonly output_tokens: number;
}

/** A block of an answer. */
export interface TextBlock {
  readonly type: "text";
  readonly text: string;
}

/**
 * An answer, as the Messages API writes it: every other form is made from it.
 *
 * @see {@link https://platform.claude.com/docs/en/api/messages | Messages}
 */
export interface Message {
  readonly id: string;
  readonly type: "message";
  readonly role: "assistant";
  readonly model: string;
  readonly content: readonly TextBlock[];
  readonly stop_reason: "end_turn";
  readonly stop_sequence: null;
  readonly usage: Usage;
}

/**
 * Why Claude stopped. A string that is not listed may come from a model or provider newer than this package.
 *
 * @see {@link https://platform.claude.com/docs/en/api/messages | Messages API}
 */
export type ClaudeStopReason =
  | "end_turn"
  | "max_tokens"
  | "stop_sequence"
  | "tool_use"
  | "pause_turn"
  | "refusal"
  | "model_context_window_exceeded"
  | (string & {});

/** Tokens counted for a message. Counters that do not apply may be left out or null. */
export interface ClaudeUsage {
  readonly input_tokens?: number | null;
  readonly output_tokens?: number | null;
  readonly cache_creation_input_tokens?: number | null;
  readonly cache_read_input_tokens?: number | null;
  readonly server_tool_use?: Readonly<Record<string, unknown>> | null;
  readonly [counter: string]: unknown;
}

/** Text, with what it cites. */
export interface ClaudeTextBlock {
  readonly type: "text";
  readonly text: string;
  readonly citations?: readonly unknown[] | null;
}

/** What Claude thought, with the signature that must go back unaltered. */
export interface ClaudeThinkingBlock {
  readonly type: "thinking";
  readonly thinking: string;
  readonly signature: string;
}

/** Thinking that is not shown; goes back unaltered. */
export interface ClaudeRedactedThinkingBlock {
  readonly type: "redacted_thinking";
  readonly data: string;
}

/** A tool that Claude wants called: by the client (`tool_use`), by the service or by an MCP server. */
export interface ClaudeToolUseBlock {
  readonly type: "tool_use" | "server_tool_use" | "mcp_tool_use";
  readonly id: string;
  readonly name: string;
  readonly input: unknown;
  /**
   * Set by this package where the input was cut off: it holds what is complete of it. The tool must not be called with it,
   * and the service does not take the block back.
   */
  readonly incomplete?: true;
  readonly [field: string]: unknown;
}

/** The result of a tool of the service or of an MCP server; it comes whole in its start event. */
export interface ClaudeToolResultBlock {
  readonly type:
    | "web_search_tool_result"
    | "web_fetch_tool_result"
    | "code_execution_tool_result"
    | "bash_code_execution_tool_result"
    | "text_editor_code_execution_tool_result"
    | "tool_search_tool_result"
    | "mcp_tool_result";
  readonly tool_use_id: string;
  readonly content: unknown;
  readonly [field: string]: unknown;
}

/** A summary that takes the place of what came before it. */
export interface ClaudeCompactionBlock {
  readonly type: "compaction";
  readonly content: string | null;
  readonly [field: string]: unknown;
}

/** A file that a tool of the service put into its container. */
export interface ClaudeContainerUploadBlock {
  readonly type: "container_upload";
  readonly file_id: string;
}

/** A block of a message's content. One of a newer type is kept as it came: let a `switch` have a `default`. */
export type ClaudeContentBlock =
  | ClaudeTextBlock
  | ClaudeThinkingBlock
  | ClaudeRedactedThinkingBlock
  | ClaudeToolUseBlock
  | ClaudeToolResultBlock
  | ClaudeCompactionBlock
  | ClaudeContainerUploadBlock;

/**
 * A message as the Messages API returns it. Fields of the service that are not listed are kept.
 *
 * @see {@link https://platform.claude.com/docs/en/api/messages | Messages API}
 */
export interface ClaudeMessage {
  readonly id: string;
  readonly type: "message";
  readonly role: "assistant";
  readonly model: string;
  readonly content: readonly ClaudeContentBlock[];
  readonly stop_reason: ClaudeStopReason | null;
  readonly stop_sequence: string | null;
  readonly usage: ClaudeUsage;
  readonly [field: string]: unknown;
}

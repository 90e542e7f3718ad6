/** A call of a tool: by the client, by the service, or by an MCP server. */
interface GivenCall {
  readonly name: string;
  readonly input: unknown;
  /** @default {one that nobody had before} */
  readonly id?: string | undefined;
}

/** Types of blocks in which a tool of the service, or of an MCP server, gives its result. */
export const SERVER_RESULT_TYPES = [
  "web_search_tool_result",
  "web_fetch_tool_result",
  "code_execution_tool_result",
  "bash_code_execution_tool_result",
  "text_editor_code_execution_tool_result",
  "tool_search_tool_result",
  "mcp_tool_result",
] as const;

/** A block as it is given: a tool call needs no ID, thinking no signature. */
export type GivenBlock =
  | { readonly type: "text"; readonly text: string; readonly citations?: readonly unknown[] | undefined }
  | { readonly type: "thinking"; readonly thinking: string; readonly signature?: string | undefined }
  | { readonly type: "redacted_thinking"; readonly data: string }
  | ({ readonly type: "tool_use" } & GivenCall)
  | ({ readonly type: "server_tool_use" } & GivenCall)
  | ({ readonly type: "mcp_tool_use"; readonly server_name: string } & GivenCall)
  | {
      readonly type: (typeof SERVER_RESULT_TYPES)[number];
      readonly tool_use_id: string;
      readonly content: unknown;
      readonly is_error?: boolean | undefined;
    };

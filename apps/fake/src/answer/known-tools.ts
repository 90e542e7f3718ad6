/** Input for a tool that many agents have: harmless, and allowed by most of them without asking. */
export interface KnownTool {
  readonly name: string;
  /** Values by the name of the property; what the tool's schema does not have is left out. */
  readonly input: Readonly<Record<string, unknown>>;
}

/** Stands for the directory in which the agent works, where the request names it, and for `.` otherwise. */
export const WORKING_DIRECTORY = "{working directory}";

/**
 * Tools of coding agents, the most harmless first.
 *
 * @see {@link https://code.claude.com/docs/en/tools-reference | Tools of Claude Code}
 * @see {@link https://platform.claude.com/docs/en/agents-and-tools/tool-use/bash-tool | Bash tool}
 * @see {@link https://platform.claude.com/docs/en/agents-and-tools/tool-use/text-editor-tool | Text editor tool}
 */
export const KNOWN_TOOLS: readonly KnownTool[] = [
  { name: "Glob", input: { pattern: "*" } },
  { name: "LS", input: { path: WORKING_DIRECTORY } },
  { name: "Bash", input: { command: "echo hello", description: "Print a greeting" } },
  { name: "bash", input: { command: "echo hello" } },
  { name: "Read", input: { file_path: WORKING_DIRECTORY } },
  { name: "str_replace_based_edit_tool", input: { command: "view", path: WORKING_DIRECTORY } },
  { name: "memory", input: { command: "view", path: "/memories" } },
  { name: "computer", input: { action: "screenshot" } },
];

/** Words in the name of a tool that changes something, or that takes another agent or a person to answer. */
export const CHANGING_WORDS: readonly string[] = [
  "agent",
  "ask",
  "create",
  "delete",
  "deploy",
  "drop",
  "edit",
  "execute",
  "exit",
  "insert",
  "kill",
  "move",
  "pay",
  "post",
  "publish",
  "push",
  "put",
  "remove",
  "rename",
  "run",
  "send",
  "set",
  "stop",
  "task",
  "update",
  "upload",
  "write",
];

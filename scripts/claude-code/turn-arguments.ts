/** What the program is asked to do. */
export const TURN_PROMPT = "Say hello with a tool, and tell me what it said.";

/** The tool that a scenario lets the model call. */
export const TURN_TOOL = {
  name: "Bash",
  input: { command: "echo hello-from-tool", description: "Say hello" },
} as const;

/** What the tool prints. */
export const TURN_TOOL_OUTPUT = "hello-from-tool";

/** What a scenario lets the model say when it has the tool's result. */
export const TURN_CLOSING_TEXT = "The tool said hello.";

/**
 * The arguments of one turn in print mode: events as JSON lines, and leave for the tool alone, so that no question comes up.
 *
 * @param model An alias, a model ID or an ARN.
 */
export function turnArguments(model: string): readonly string[] {
  return [
    "--print",
    TURN_PROMPT,
    "--output-format=stream-json",
    // The program demands it with stream-json.
    "--verbose",
    "--allowedTools=Bash(echo:*)",
    "--strict-mcp-config",
    "--no-session-persistence",
    `--model=${model}`,
  ];
}

/** A tool that the model called, and what came of it. */
export interface ToolCall {
  readonly id: string;
  readonly name: string;
  /** What it was called with. */
  readonly input: unknown;
  /** Absent where the program handed no result back. */
  readonly result?: { readonly text: string; readonly isError: boolean };
}

/** What the program told of one turn. */
export interface TurnEvents {
  /** Version that the program says it has. */
  readonly version: string | undefined;
  /** Model that it says it uses. */
  readonly model: string | undefined;
  readonly toolCalls: readonly ToolCall[];
  /** Absent where the turn did not end. */
  readonly result: { readonly isError: boolean; readonly text: string } | undefined;
  /** Lines that are no JSON. */
  readonly otherLines: readonly string[];
}

interface StreamLine {
  readonly type?: string;
  readonly subtype?: string;
  readonly claude_code_version?: string;
  readonly model?: string;
  readonly message?: { readonly content?: unknown };
  readonly is_error?: boolean;
  readonly result?: string;
}

interface Block {
  readonly type?: string;
  readonly id?: string;
  readonly name?: string;
  readonly input?: unknown;
  readonly tool_use_id?: string;
  readonly content?: unknown;
  readonly is_error?: boolean;
}

/**
 * Reads what `claude --print --output-format stream-json --verbose` prints: one JSON object a line.
 *
 * @param text Its whole standard output.
 * @see Observed with Claude Code 2.1.329.
 */
export function parseStreamJson(text: string): TurnEvents {
  const lines: StreamLine[] = [];
  const otherLines: string[] = [];
  for (const line of text.split("\n")) {
    if (line.trim() === "") continue;
    const value = parseLine(line);
    if (value === undefined) otherLines.push(line);
    else lines.push(value);
  }
  const start = lines.find(({ type, subtype }) => type === "system" && subtype === "init");
  const end = lines.findLast(({ type }) => type === "result");
  const results = blocks(lines, "user").filter(({ type }) => type === "tool_result");
  const calls = blocks(lines, "assistant").filter(({ type }) => type === "tool_use");
  return {
    version: start?.claude_code_version,
    model: start?.model,
    toolCalls: calls.map(({ id = "", name = "", input }) => {
      const result = results.find(({ tool_use_id }) => tool_use_id === id);
      return {
        id,
        name,
        input,
        ...(result && { result: { text: contentText(result.content), isError: result.is_error === true } }),
      };
    }),
    result: end && {
      isError: end.is_error === true || end.subtype !== "success",
      text: end.result ?? end.subtype ?? "",
    },
    otherLines,
  };
}

/** The text of a block's content, which is a text or a list of blocks. */
export function contentText(content: unknown): string {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return "";
  return content.map((block: { readonly text?: string }) => block.text ?? "").join("");
}

function parseLine(line: string): StreamLine | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null ? (value as StreamLine) : undefined;
  } catch {
    return undefined;
  }
}

function blocks(lines: readonly StreamLine[], type: string): readonly Block[] {
  return lines
    .filter((line) => line.type === type)
    .flatMap(({ message }) => (Array.isArray(message?.content) ? (message.content as Block[]) : []));
}

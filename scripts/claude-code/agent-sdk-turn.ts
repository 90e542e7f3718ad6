import { TURN_PROMPT, TURN_TOOL } from "./turn-arguments.ts";

/** What of the Agent SDK is used here; it is no dependency, but downloaded beside the program. */
interface AgentSdk {
  readonly query: (request: {
    readonly prompt: string;
    readonly options: Readonly<Record<string, unknown>>;
  }) => AsyncIterable<unknown>;
}

// A program of its own: it lets the SDK finish one turn, and prints each message as Claude Code's print mode does.
const [sdkFile = "", program = "", model = ""] = process.argv.slice(2);
const { query } = (await import(sdkFile)) as AgentSdk;
const messages = query({
  prompt: TURN_PROMPT,
  options: {
    model,
    pathToClaudeCodeExecutable: program,
    allowedTools: [`${TURN_TOOL.name}(echo:*)`],
    // The same tools and instructions as in print mode.
    systemPrompt: { type: "preset", preset: "claude_code" },
    strictMcpConfig: true,
    persistSession: false,
    settingSources: ["user"],
  },
});
for await (const message of messages) console.log(JSON.stringify(message));

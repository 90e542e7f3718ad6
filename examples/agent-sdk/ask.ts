import { query } from "@anthropic-ai/claude-agent-sdk";

const executable = process.env["CLAUDE_CODE_EXECUTABLE"];
const turn = query({
  prompt: "hello",
  options: {
    settingSources: [],
    ...(executable === undefined ? {} : { pathToClaudeCodeExecutable: executable }),
  },
});

for await (const message of turn) {
  if (message.type !== "result") continue;
  if (message.subtype !== "success" || message.is_error) throw new Error(`The turn ended with ${message.subtype}`);
  console.log(message.result);
}

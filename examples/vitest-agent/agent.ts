import type { AnthropicAws } from "@anthropic-ai/aws-sdk";
import type { MessageParam, Tool, ToolResultBlockParam } from "@anthropic-ai/sdk/resources/messages";

/** A tool of the agent: what Claude is told of it, and what it does. */
export interface AgentTool {
  readonly definition: Tool;
  readonly run: (input: unknown) => Promise<string>;
}

/** Asks until Claude calls no more tools, and returns what it said last. */
export async function runAgent(client: AnthropicAws, question: string, tools: readonly AgentTool[]): Promise<string> {
  const messages: MessageParam[] = [{ role: "user", content: question }];
  for (let turn = 0; turn < 10; turn++) {
    const message = await client.messages.create({
      model: "claude-sonnet-4-6",
      max_tokens: 1024,
      tools: tools.map(({ definition }) => definition),
      messages,
    });
    messages.push({ role: "assistant", content: message.content });

    const results: ToolResultBlockParam[] = [];
    for (const block of message.content) {
      if (block.type !== "tool_use") continue;
      const tool = tools.find(({ definition }) => definition.name === block.name);
      const content = tool === undefined ? `There is no tool ${block.name}` : await tool.run(block.input);
      results.push({ type: "tool_result", tool_use_id: block.id, content, is_error: tool === undefined });
    }
    if (results.length === 0) {
      return message.content.map((block) => (block.type === "text" ? block.text : "")).join("");
    }
    messages.push({ role: "user", content: results });
  }
  throw new Error("Claude called a tool ten times and did not finish");
}

import { describe, expect, test } from "vitest";
import { chooseTool } from "./choose-tool.ts";
import type { Conversation, OfferedTool, ToolChoice } from "./conversation.ts";

const tool = (name: string, ...required: string[]): OfferedTool => ({
  name,
  inputSchema: { type: "object", required },
});

const choose = (tools: readonly OfferedTool[], toolChoice: ToolChoice = { kind: "auto" }): string | undefined => {
  const conversation: Conversation = { userText: "", isPrefilled: false, tools, toolChoice, maxTokens: 1 };
  return chooseTool(conversation)?.name;
};

describe("chooseTool()", () => {
  test.each<[string | undefined, string, OfferedTool[]]>([
    [undefined, "no tool", []],
    [
      "Glob",
      "what Claude Code offers",
      ["Task", "Bash", "Glob", "Edit", "Read", "Write"].map((name) => tool(name, "a")),
    ],
    ["Bash", "Bash among unknown ones", [tool("lookup"), tool("Bash", "command")]],
    ["get_weather", "a harmless name before one that changes", [tool("send_mail"), tool("get_weather", "city")]],
    ["getWeather", "the same in camel case", [tool("deleteFile"), tool("getWeather", "city")]],
    ["list", "the fewest required inputs", [tool("get", "id"), tool("list")]],
    ["one", "the first of equals", [tool("one"), tool("two")]],
    ["delete_all", "a changing one where there is no other", [tool("delete_all")]],
    ["bash", "a tool that the service knows", [{ name: "web_search" }, { name: "bash" }]],
    [undefined, "none where the service runs it itself", [{ name: "web_search" }]],
  ])("chooses %s: %s", (expected, _, tools) => {
    expect(choose(tools)).toBe(expected);
  });

  test("honours what must be called", () => {
    const tools = [tool("get_weather"), tool("send_mail")];

    expect(choose(tools, { kind: "any" })).toBe("get_weather");
    expect(choose(tools, { kind: "named", name: "send_mail" })).toBe("send_mail");
    expect(choose(tools, { kind: "named", name: "unknown" })).toBeUndefined();
    expect(choose(tools, { kind: "none" })).toBeUndefined();
  });
});

import { describe, expect, test } from "vitest";
import { fieldsForModel } from "./converse-tools.ts";

const SPEC = { name: "f", description: "d", inputSchema: { json: { type: "object" } } };
const TOOL = { name: "f", description: "d", input_schema: { type: "object" } };

describe("fieldsForModel()", () => {
  test("hands tools, the choice among them and further fields to the model", () => {
    const more = { top_k: 5, tools: [{ type: "bash_20250124", name: "bash" }] };
    const toolConfig = { tools: [{ cachePoint: { type: "default" } }, { toolSpec: SPEC }], toolChoice: { any: {} } };

    expect(fieldsForModel({ toolConfig, additionalModelRequestFields: more })).toEqual({
      top_k: 5,
      tools: [TOOL, { type: "bash_20250124", name: "bash" }],
      tool_choice: { type: "any" },
    });
  });

  test("hands on no choice where Amazon Bedrock brings tools of its own", () => {
    const tools = [{ systemTool: { name: "nova_grounding" } }];

    expect(fieldsForModel({ toolConfig: { tools, toolChoice: { tool: { name: "nova_grounding" } } } })).toEqual({});
  });

  test("makes nothing of what is not there", () => {
    expect(fieldsForModel({})).toEqual({});
    expect(fieldsForModel({ additionalModelRequestFields: "x", toolConfig: { tools: [{ toolSpec: SPEC }] } })).toEqual({
      tools: [TOOL],
    });
  });
});

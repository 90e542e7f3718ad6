import { describe, expect, test } from "vitest";
import { rememberTexts } from "./encoded-content.ts";

const text = (value: string) => [{ type: "text" as const, text: value }];

function counted() {
  const written: string[] = [];
  const encode = rememberTexts((content) => {
    written.push(JSON.stringify(content));
    return { bytes: new TextEncoder().encode(JSON.stringify(content)), events: content.length };
  });
  return { written, encode };
}

describe("rememberTexts()", () => {
  test("writes the same text once", () => {
    const { written, encode } = counted();

    expect(encode(text("a"))).toEqual(encode(text("a")));
    expect(written).toHaveLength(1);
    encode(text("b"));
    expect(written).toHaveLength(2);
  });

  test.each([
    ["two blocks", [...text("a"), ...text("b")]],
    ["another kind of block", [{ type: "tool_use" as const, id: "toolu_1", name: "Bash", input: {} }]],
    ["citations", [{ type: "text" as const, text: "a", citations: [{ cited_text: "a" }] }]],
    ["a long text", text("a".repeat(16_385))],
    ["no block", []],
  ])("writes %s each time", (_, content) => {
    const { written, encode } = counted();
    encode(content);
    encode(content);

    expect(written).toHaveLength(2);
  });

  test("forgets the text that was not asked for longest", () => {
    const { written, encode } = counted();
    encode(text("first"));
    for (let index = 0; index < 63; index++) encode(text(`${index}`));
    encode(text("first"));
    encode(text("one more"));
    expect(written).toHaveLength(65);
    encode(text("first"));
    expect(written).toHaveLength(65);
    encode(text("0"));
    expect(written).toHaveLength(66);
  });
});

import { expect, test } from "vitest";
import { parseFencedBlocks } from "./fenced-blocks.ts";
import { parseStories } from "./readme-stories.ts";

const block = (mark: string, language: string, text: string): string =>
  `<!-- ${mark} -->\n\`\`\`${language}\n${text}\n\`\`\`\n\n`;

test("puts the blocks of each story together, and passes over others", () => {
  const text = [
    block("story one: install", "sh", "npm init -y\nnpm install --save-dev vitest @x/y"),
    block("not run: a reason", "sh", "npm install left-pad"),
    block("story one: file a/ask.mjs", "js", "ask();"),
    block("story two: install", "sh", "npm install z"),
    block("story one: run", "sh", "node ask.mjs"),
    block("story one: prints", "text", "a line"),
    block("story one: run, ends with 3: some words", "sh", "false"),
  ].join("");

  expect(parseStories(parseFencedBlocks(text, "README.md"))).toEqual([
    {
      name: "one",
      libraries: ["vitest", "@x/y"],
      files: [{ path: "a/ask.mjs", text: "ask();\n" }],
      commands: [
        { text: "node ask.mjs\n", status: 0, words: "" },
        { text: "false\n", status: 3, words: "some words" },
      ],
      printed: ["a line\n"],
    },
    { name: "two", libraries: ["z"], files: [], commands: [], printed: [] },
  ]);
});

import { expect, test } from "vitest";
import { parseFencedBlocks } from "./fenced-blocks.ts";

const FENCE = "```";

test("takes blocks out of Markdown, with what marks them", () => {
  const text = [
    "# Title",
    `${FENCE}ts`,
    "one();",
    "",
    FENCE,
    "<!-- not run: it needs a network -->",
    "",
    `${FENCE}sh`,
    "npm test",
    FENCE,
    "<!-- run by a/b.test.ts -->",
    `${FENCE}ts`,
    FENCE,
    "<!-- ends with 1: a -->",
    "A sentence between them takes the mark away.",
    `${FENCE}js`,
    "two();",
    FENCE,
  ].join("\n");

  expect(parseFencedBlocks(text, "README.md")).toEqual([
    { file: "README.md", line: 2, language: "ts", text: "one();\n\n", mark: undefined },
    {
      file: "README.md",
      line: 8,
      language: "sh",
      text: "npm test\n",
      mark: { kind: "not run", reason: "it needs a network" },
    },
    { file: "README.md", line: 12, language: "ts", text: "\n", mark: { kind: "run by", path: "a/b.test.ts" } },
    { file: "README.md", line: 16, language: "js", text: "two();\n", mark: undefined },
  ]);
});

test("takes the indent of a fence from its lines", () => {
  const [block] = parseFencedBlocks(`- item\n\n  ${FENCE}ts\n  if (a) {\n    b();\n  }\n  ${FENCE}\n`, "README.md");

  expect(block?.text).toBe("if (a) {\n  b();\n}\n");
});

test("reads how a block ends", () => {
  const [block] = parseFencedBlocks(`<!-- ends with 3: two words -->\n${FENCE}ts\na();\n${FENCE}\n`, "README.md");

  expect(block?.mark).toEqual({ kind: "ends with", status: 3, words: "two words" });
});

test("takes blocks out of docstrings, not out of templates", () => {
  const text = [
    "/**",
    " * Adds.",
    " *",
    ` * ${FENCE}ts`,
    " * add(",
    " *   1,",
    " * );",
    ` * ${FENCE}`,
    " */",
    `const x = "${FENCE}ts";`,
  ].join("\n");

  expect(parseFencedBlocks(text, "add.ts")).toEqual([
    { file: "add.ts", line: 4, language: "ts", text: "add(\n  1,\n);\n", mark: undefined },
  ]);
});

test("refuses a fence that is not closed", () => {
  expect(() => parseFencedBlocks(`${FENCE}ts\na();\n`, "README.md")).toThrow("README.md:1: the fence is not closed");
});

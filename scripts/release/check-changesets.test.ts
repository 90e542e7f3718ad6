import { describe, expect, test } from "vitest";
import { checkChangesets } from "./check-changesets.ts";

const VERSIONS = { "@x/new": "0.0.0", "@x/old": "0.1.0" };
const changeset = (names: readonly string[], text: string) => ({
  file: "a.md",
  text: `---\n${names.map((name) => `"${name}": minor\n`).join("")}---\n\n${text}\n`,
});

describe("checkChangesets()", () => {
  test.each([
    ["@x/new", "It now answers.", "now"],
    ["@x/new", "A name is no longer shown.", "no longer"],
    ["@x/new", "All were before, and `b` is not.", "were before"],
    ["@x/new", "`TABLE` was renamed.", "renamed"],
  ])("refuses of %s: %s", (name, text, found) => {
    expect(checkChangesets([changeset(["@x/old", name], text)], VERSIONS)).toEqual([
      expect.stringMatching(new RegExp(`^\\.changeset/a\\.md: "${found}" speaks .* of @x/new there is none`)),
    ]);
  });

  test.each([
    ["a package that was published", ["@x/old"], "It now answers."],
    ["a span of code", ["@x/new"], "`now` is the clock."],
    ["what only looks like it", ["@x/new"], "It is known before a body is read that its client is gone."],
  ])("lets %s pass", (_, names, text) => {
    expect(checkChangesets([changeset(names, text)], VERSIONS)).toEqual([]);
  });
});

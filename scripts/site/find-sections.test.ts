import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { askRefusals } from "../documents/troubleshooting/ask-refusals.ts";
import { createSearch } from "./find-sections.ts";
import { renderDocument } from "./render-document.ts";
import type { Section } from "./section.ts";

const PAGE = { source: "docs/troubleshooting.md", path: "docs/troubleshooting.html" };
const markdown = await readFile(fileURLToPath(new URL(`../../${PAGE.source}`, import.meta.url)), "utf8");
const { sections } = renderDocument(markdown, PAGE, { pages: [PAGE], repository: "" });
const search = createSearch(sections);

const headings = (query: string, limit?: number): readonly string[] =>
  search(query, limit).map(({ heading }) => heading);

const known = (await askRefusals()).filter(({ example }) => example.wordsAreOurs !== true);

describe("createSearch()", () => {
  test.each(known.map(({ example, provider, ...refusal }) => ({ name: example.name, provider, ...refusal })))(
    "finds $name by what $provider says, $status $words",
    ({ name, status, type, words }) => {
      const pasted = [
        words,
        `APIError: ${status} ${JSON.stringify({ type: "error", error: { type, message: words }, request_id: "req_011CSabc" })}`,
        `An error occurred (${type}) when calling the InvokeModel operation (reached max retries: 4): ${words}`,
      ];
      // Some refusals share their words; then each of them is at the top.
      for (const query of pasted) expect(headings(query, 3)).toContain(name);
    },
  );

  test.each([
    [
      "User: arn:aws:sts::111122223333:assumed-role/dev/me is not authorized to perform: bedrock:InvokeModelWithResponseStream on resource: arn:aws:bedrock:eu-west-1:111122223333:inference-profile/eu.anthropic.claude-opus-5 because no identity-based policy allows the bedrock:InvokeModelWithResponseStream action",
      "access-denied",
    ],
    [
      "Invocation of model ID anthropic.claude-opus-9 with on-demand throughput isn't supported.",
      "model-needs-profile",
    ],
    ["ExpiredTokenException: The security token included in the request is expired", "credentials-expired"],
    ["WORKSPACE_ID_MISSING", "WORKSPACE_ID_MISSING (status)"],
    ["PATH_ENCODED_ONCE", "PATH_ENCODED_ONCE (verify)"],
    ["invalid beta flag", "beta-unknown"],
  ])("finds the entry of %j first", (query, heading) => {
    expect(headings(query, 1)).toEqual([heading]);
  });

  test.each(["", " \n", "zzzqqq xxyyzz", "…!?"])("finds nothing for %j", (query) => {
    expect(search(query)).toEqual([]);
  });

  test("finds in Chinese, and reads no more than an error has", () => {
    const section: Section = { page: "p", heading: "工作区", url: "#a", phrases: [], text: "请求没有指明工作区" };
    const other: Section = { page: "p", heading: "区域", url: "#b", phrases: [], text: "没有找到区域" };

    expect(createSearch([other, section])("缺少工作区")).toEqual([section, other]);
    expect(createSearch([section])(`${"x ".repeat(20_000)}工作区`)).toEqual([]);
  });

  test("finds nothing in nothing", () => expect(createSearch([])("a")).toEqual([]));
});

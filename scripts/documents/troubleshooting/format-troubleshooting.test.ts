import { describe, expect, test } from "vitest";
import { OWN_REFUSALS } from "../../../apps/gateway/src/refusals/own-refusals.ts";
import { FAULTS } from "../../../apps/fake/src/terms/faults.ts";
import { DIAGNOSIS_TABLE } from "../../../packages/auth/src/diagnose/index.ts";
import { placesOf } from "../places-of.ts";
import { askRefusals, type Refusal } from "./ask-refusals.ts";
import { CHINESE_PROBLEMS, CHINESE_REFUSALS } from "./chinese-explanations.ts";
import { formatTroubleshooting } from "./format-troubleshooting.ts";
import { CHINESE, ENGLISH } from "./language.ts";
import { PROBLEM_SOURCES } from "./problem-explanations.ts";
import { FETCH_CODES } from "./own-codes.ts";
import { type RefusalExample, REFUSAL_EXAMPLES } from "./refusal-examples.ts";
import { KEY_MISTAKES } from "./verify-explanations.ts";

const refusals = await askRefusals();
const english = formatTroubleshooting(refusals, ENGLISH);
const chinese = formatTroubleshooting(refusals, CHINESE);

/** The part of a page that belongs to a heading. */
const entryOf = (page: string, heading: string): string =>
  page.split(/^#{2,3} /m).find((part) => part.startsWith(`${heading}\n`)) ?? "";

const NAMES = Object.keys(FAULTS);
/** What this project refuses by itself, which has both languages. */
const OWN = [
  ...Object.keys(FETCH_CODES).map((code) => `${code} (fetch)`),
  ...Object.keys(OWN_REFUSALS).map((code) => `${code} (gateway)`),
];
const HEADINGS = [
  ...NAMES,
  ...Object.keys(PROBLEM_SOURCES).map((code) => `${code} (status)`),
  ...Object.keys({ ...DIAGNOSIS_TABLE, ...KEY_MISTAKES }).map((code) => `${code} (verify)`),
  ...OWN,
];

describe("the page of troubles", () => {
  test("has an example of each refusal", () => {
    expect(new Set(REFUSAL_EXAMPLES.map(({ name }) => name))).toEqual(new Set(NAMES));
  });

  test.each(HEADINGS)("has cause or message, way out and source of %s, in both languages", (heading) => {
    const [inEnglish, inChinese] = [entryOf(english, heading), entryOf(chinese, heading)];

    expect(inEnglish).toMatch(/\*\*(?:Cause|Error|Warning):\*\* .+[\s\S]*\*\*Fix:\*\* .+/);
    expect(inEnglish).toMatch(/- \*\*Source:\*\* \S/);
    expect(inChinese).toMatch(/\*\*(?:原因|错误|警告):\*\* .+[\s\S]*\*\*解决:\*\* .+/);
    expect(inChinese).toMatch(/- \*\*来源:\*\* \S/);
  });

  test.each([
    ["BODY_TOO_LARGE (fetch)", "413 `request_too_large`"],
    ["PATH_UNKNOWN (fetch)", "404 `not_found_error`"],
    ["STALL_TIMEOUT (fetch)", "a `FetchError` that is thrown, or the `error` event that ends a stream"],
    ["HOST_FOREIGN (gateway)", "421 `invalid_request_error`"],
  ])("says how %s is seen", (heading, seen) => {
    expect(entryOf(english, heading)).toContain(`- **Seen as:** ${seen}\n`);
  });

  test("has a place of its own for each", () => {
    expect(placesOf(english).size).toBe(english.match(/^#{1,3} /gm)?.length);
    expect([...placesOf(english)].filter((place) => /-\d+$/.test(place))).toEqual([]);
  });

  test("says in Chinese which entries are in English alone, and of no other", () => {
    const translated = [
      ...Object.keys(CHINESE_REFUSALS),
      ...Object.keys(CHINESE_PROBLEMS).map((code) => `${code} (status)`),
      ...OWN,
    ];
    const marked = HEADINGS.filter((heading) => entryOf(chinese, heading).includes("（仅有英文）"));

    expect(new Set([...marked, ...translated])).toEqual(new Set(HEADINGS));
    expect(marked.filter((heading) => translated.includes(heading))).toEqual([]);
    expect(english).not.toContain("（仅有英文）");
  });

  test("quotes whole paragraphs, whatever stands in them", () => {
    const [first] = refusals;
    const odd: Refusal = { ...(first as Refusal), words: "a `b` | c\nd" };

    expect(formatTroubleshooting([odd], ENGLISH)).toContain("| `` a `b` \\| c d `` |");
  });

  test("is not written where an example is refused for something else", async () => {
    const [first] = REFUSAL_EXAMPLES;
    const other: RefusalExample = { ...(first as RefusalExample), name: "workspace-missing" };

    await expect(askRefusals([other])).rejects.toThrow(
      /^anthropic-aws, neither signature nor key: expected workspace-missing, found authentication-missing: /,
    );
  });
});

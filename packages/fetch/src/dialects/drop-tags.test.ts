import { describe, expect, test } from "vitest";
import type { Translation } from "../translate/translation.ts";
import { dropTags } from "./drop-tags.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = (body: unknown): string => new TextDecoder().decode(body as Uint8Array);

const drop = (json: string, betas?: string, translations: readonly Translation[] = []) =>
  dropTags({
    headers: betas === undefined ? [] : [["anthropic-beta", betas]],
    body: bytes(json),
    model: "a",
    translations,
  });

describe("dropTags()", () => {
  test.each([
    ['{"tags":{"a":"b"},"x": 1.0}', '{"x": 1.0}'],
    ['{"x": 1.0 , "tags":{"a":"b"} }', '{"x": 1.0 }'],
    ['{"\\u0074ags":[],"tags":1}', "{}"],
    ['{"messages":[{"tags":1}]}', '{"messages":[{"tags":1}]}'],
  ])("writes %s as %s", (before, after) => {
    expect(textOf(drop(before).body)).toBe(after);
  });

  test("takes the beta out, and says so", () => {
    const { headers, translations } = drop("{}", "a, request-tags-2026-08-21,b");

    expect(headers).toEqual([["anthropic-beta", "a,b"]]);
    expect(translations).toMatchObject([{ action: "drop", before: "request-tags-2026-08-21" }]);
    expect(drop("{}", "request-tags-2026-08-21").headers).toEqual([]);
  });

  test("keeps to where the bytes of other changes stand", () => {
    const json = '{"tags":[1,2],"model":"new"}';
    const range = { start: 22, end: 27 };
    const set: Translation = {
      action: "set",
      subject: "body.model",
      place: null,
      before: "old",
      after: "new",
      reason: "",
      range,
    };
    const { body, translations } = drop(json, undefined, [set]);

    expect(json.slice(range.start, range.end)).toBe('"new"');
    expect(textOf(body).slice(translations[0]?.range?.start, translations[0]?.range?.end)).toBe('"new"');
    expect(translations[1]).toMatchObject({ action: "drop", subject: "body.tags" });
  });
});

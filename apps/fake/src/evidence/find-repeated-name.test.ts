import { describe, expect, test } from "vitest";
import { findRepeatedName } from "./find-repeated-name.ts";

describe("findRepeatedName()", () => {
  test.each([
    ['{"a":1,"a":2}', "a"],
    ['{"a":{"b":1,"c":[{"b":1}],"b":2}}', "b"],
    [String.raw`{"a\u0062":1,"ab":2}`, "ab"],
    ['[{"":1,"":2}]', ""],
    ['{"a":{"a":[{"a":1},{"a":1}]}}', undefined],
    [String.raw`{"a":"\"a\":1,\"a\":2","b":"{}[],:"}`, undefined],
    ["[]", undefined],
  ])("finds in %s %j", (text, expected) => {
    expect(findRepeatedName(text)).toBe(expected);
  });
});

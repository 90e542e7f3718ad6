import { describe, expect, test } from "vitest";
import { parseCustomHeaders } from "./index.ts";

describe("parseCustomHeaders()", () => {
  test.each([
    [
      "one per line, names in lower case",
      "X-A: 1\nx-b:2",
      [
        ["x-a", "1"],
        ["x-b", "2"],
      ],
    ],
    [
      "Windows line ends",
      "X-A: 1\r\nX-B: 2\r\n",
      [
        ["x-a", "1"],
        ["x-b", "2"],
      ],
    ],
    ["values with colons", "X-Url: http://a:1/", [["x-url", "http://a:1/"]]],
    ["the last of one name", "X-A: 1\nx-a: 2", [["x-a", "2"]]],
    ["lines without a colon or a name as nothing", "nothing\n: v\n", []],
    ["values of Latin 1", "X-A: é", [["x-a", "é"]]],
  ])("reads %s", (_name, text, headers) => {
    expect(parseCustomHeaders(text)).toEqual({ headers, malformed: [] });
  });

  test.each([
    ["X-A: \u201Cx\u201D", [1]],
    ["X-A: 1\nX B: 2", [2]],
    ["X-\u200BA: 1\nX-B: \u0001", [1, 2]],
  ])("says which pair of %j HTTP cannot carry", (text, malformed) => {
    expect(parseCustomHeaders(text).malformed).toEqual(malformed);
  });
});

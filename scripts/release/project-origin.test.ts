import { describe, expect, test } from "vitest";
import { parseOrigin } from "./project-origin.ts";

describe("parseOrigin()", () => {
  test.each(["", "https://github.com/owner/claude-on-aws"])("takes %j", (repository) => {
    expect(parseOrigin(JSON.stringify({ author: "The authors", repository }))).toEqual({
      author: "The authors",
      repository,
    });
  });

  test.each([undefined, 1, "github:owner/name", "https://github.com/owner/name.git", "https://github.com/owner/name/"])(
    "refuses %j, and says what is expected",
    (repository) => {
      expect(() => parseOrigin(JSON.stringify({ author: "The authors", repository }))).toThrow(
        /expected "repository" to be empty or like/,
      );
    },
  );

  test("refuses no author", () => {
    expect(() => parseOrigin('{"repository":""}')).toThrow(/expected "author"/);
  });
});

import { describe, expect, test } from "vitest";
import { canonicalQuery } from "./canonical-query.ts";

describe("canonicalQuery()", () => {
  test.each([
    ["nothing", "", ""],
    ["one parameter", "beta=true", "beta=true"],
    ["parameters out of order", "b=2&a=1", "a=1&b=2"],
    ["the same name twice, by value", "a=2&a=1", "a=1&a=2"],
    ["a name that begins another", "ab=1&a=2", "a=2&ab=1"],
    ["upper case before lower case", "a=1&B=2", "B=2&a=1"],
    ["a name without a value", "flag", "flag="],
    ["empty parameters", "&&a=1&", "a=1"],
    ["an equals sign in a value", "a=b=c", "a=b%3Dc"],
    ["lower-case escapes", "a=%2f", "a=%2F"],
    ["escapes of unreserved characters", "a=%41%7e", "a=A~"],
    ["a space as %20", "a=x%20y", "a=x%20y"],
    ["a plus, which is not a space", "a=x+y", "a=x%2By"],
    ["a percent sign that starts nothing", "a=100%&b=%zz", "a=100%25&b=%25zz"],
    ["a page token", "after_id=msgbatch_x%2Fy%20z", "after_id=msgbatch_x%2Fy%20z"],
  ])("handles %s", (_, query, canonical) => {
    expect(canonicalQuery(query)).toBe(canonical);
  });

  test("leaves out the parameter that it is told to", () => {
    expect(canonicalQuery("X-Amz-Signature=00&a=1", "X-Amz-Signature")).toBe("a=1");
  });
});

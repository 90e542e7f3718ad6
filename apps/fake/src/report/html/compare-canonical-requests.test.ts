import { describe, expect, test } from "vitest";
import { compareCanonicalRequests, findDifference, readParts } from "./compare-canonical-requests.ts";

const EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

const canonical = (headers: readonly string[], path = "/v1/messages"): string =>
  ["POST", path, "", ...headers, "", headers.map((line) => line.split(":")[0]).join(";"), EMPTY].join("\n");

const differing = (expected: string, signed: string): string[] =>
  compareCanonicalRequests(expected, signed)
    .filter(({ differs }) => differs)
    .map(({ name }) => name);

describe("compareCanonicalRequests()", () => {
  test("names each part, and finds no difference between equal ones", () => {
    const parts = compareCanonicalRequests(canonical(["host:a"]), canonical(["host:a"]));

    expect(parts.map(({ name }) => name)).toEqual([
      "method",
      "path",
      "query",
      "header host",
      "signed headers",
      "body hash",
    ]);
    expect(parts.every(({ differs }) => !differs)).toBe(true);
  });

  test("finds the part that differs", () => {
    expect(differing(canonical(["host:a"], "/model/a%253A0"), canonical(["host:a"], "/model/a%3A0"))).toEqual(["path"]);
  });

  test("puts headers side by side by their name, though one side has more", () => {
    const expected = canonical(["accept:x", "host:a", "x-amz-date:1"]);
    const signed = canonical(["host:a", "user-agent:u", "x-amz-date:1"]);

    expect(differing(expected, signed)).toEqual(["header accept", "header user-agent", "signed headers"]);
    expect(compareCanonicalRequests(expected, signed).slice(3, 7)).toEqual([
      { name: "header accept", expected: "accept:x", differs: true },
      { name: "header host", expected: "host:a", signed: "host:a", differs: false },
      { name: "header user-agent", signed: "user-agent:u", differs: true },
      { name: "header x-amz-date", expected: "x-amz-date:1", signed: "x-amz-date:1", differs: false },
    ]);
  });

  test("compares what is no canonical request line by line", () => {
    expect(differing("a\nb", "a\nc\nd")).toEqual(["line 2", "line 3"]);
  });
});

describe("readParts()", () => {
  test("reads a request without a header", () => {
    expect([...readParts(canonical([])).keys()]).toEqual(["method", "path", "query", "signed headers", "body hash"]);
  });
});

describe("findDifference()", () => {
  test.each([
    ["v1%253A0", "v1%3A0", ["v1%", "25", "", "3A0"]],
    ["host:a:80", "host:a", ["host:a", ":80", "", ""]],
    ["aaa", "aa", ["aa", "a", "", ""]],
    ["", "b", ["", "", "b", ""]],
    ["x😀", "x😁", ["x", "😀", "😁", ""]],
  ])("of %j and %j", (one, other, expected) => {
    const { before, one: left, other: right, after } = findDifference(one, other);

    expect([before, left, right, after]).toEqual(expected);
  });
});

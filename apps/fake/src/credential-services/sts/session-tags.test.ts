import { describe, expect, test } from "vitest";
import { readSessionTags } from "./session-tags.ts";

const read = (parameters: Readonly<Record<string, string>>) => readSessionTags(new Map(Object.entries(parameters)));
const tag = (place: number | string, Key?: string, Value?: string): Readonly<Record<string, string>> => ({
  ...(Key === undefined ? {} : { [`Tags.member.${place}.Key`]: Key }),
  ...(Value === undefined ? {} : { [`Tags.member.${place}.Value`]: Value }),
});
const many = (count: number): Readonly<Record<string, string>> =>
  Object.assign({}, ...Array.from({ length: count }, (_, at) => tag(at + 1, `k${at}`, "v")));

describe("readSessionTags()", () => {
  test("reads tags, and which of them are passed on, whatever the case of their keys", () => {
    const { tags, fault } = read({
      RoleArn: "arn",
      ...tag(1, "Team", "red"),
      ...tag(2, "cost center", ""),
      "TransitiveTagKeys.member.1": "TEAM",
      "TransitiveTagKeys.member.2": "team",
    });

    expect(fault).toBeUndefined();
    expect(tags).toEqual([
      { key: "Team", value: "red", transitive: true },
      { key: "cost center", value: "", transitive: false },
    ]);
  });

  test.each([
    ["no parameter", {}, 0],
    ["empty lists", { Tags: "", TransitiveTagKeys: "" }, 0],
    ["fifty", many(50), 50],
    ["the longest", tag(1, "k".repeat(128), "v".repeat(256)), 1],
    ["letters of other alphabets", tag(1, "équipe_.:/=+-@", "赤 9"), 1],
    ["places that are not in a row", { ...tag(7, "a", "1"), ...tag(3, "b", "2") }, 2],
  ])("takes %s", (_, parameters, count) => {
    const { tags, fault } = read(parameters);

    expect([tags.length, fault]).toEqual([count, undefined]);
  });

  const constraint = (value: string, name: string, problem: string): string =>
    `1 validation error detected: Value ${value} at '${name}' failed to satisfy constraint: Member must ${problem}`;
  const PATTERN = String.raw`satisfy regular expression pattern: [\p{L}\p{Z}\p{N}_.:/=+\-@]`;

  test.each<[string, Readonly<Record<string, string>>, string, string | RegExp]>([
    [
      "another part",
      { ...tag(1, "a", "b"), "Tags.member.1.Foo": "c" },
      "ValidationError",
      /^Unexpected parameter "Tags\.member\.1\.Foo"$/,
    ],
    ["a part alone that is none", { "Tags.member.1.Foo": "c" }, "ValidationError", /^Unexpected parameter/],
    [
      "another way to write a list",
      { "Tags.1.Key": "a", "Tags.1.Value": "b" },
      "ValidationError",
      /^Unexpected parameter/,
    ],
    ["a place twice", { ...tag(1, "a", "b"), ...tag("01", "a", "c") }, "ValidationError", /^Unexpected parameter/],
    ["a text in place of a list", { Tags: "a=b" }, "ValidationError", /^Unexpected parameter "Tags"$/],
    ["a text in place of a list of keys", { TransitiveTagKeys: "a" }, "ValidationError", /^Unexpected parameter/],
    ["no key", tag(1, undefined, "b"), "ValidationError", constraint("null", "tags.1.member.key", "not be null")],
    ["no value", tag(1, "a"), "ValidationError", constraint("null", "tags.1.member.value", "not be null")],
    [
      "an empty key",
      tag(1, "", "b"),
      "ValidationError",
      /^2 validation errors detected: .*length greater than or equal to 1$/,
    ],
    [
      "a long key",
      tag(2, "k".repeat(129), "b"),
      "ValidationError",
      constraint(`'${"k".repeat(129)}'`, "tags.2.member.key", "have length less than or equal to 128"),
    ],
    [
      "a long value",
      tag(1, "a", "v".repeat(257)),
      "ValidationError",
      constraint(`'${"v".repeat(256)}...'`, "tags.1.member.value", "have length less than or equal to 256"),
    ],
    [
      "other letters in a key",
      tag(1, "a*", "b"),
      "ValidationError",
      constraint("'a*'", "tags.1.member.key", `${PATTERN}+`),
    ],
    [
      "other letters in a value",
      tag(1, "a", "b\n"),
      "ValidationError",
      constraint("'b\n'", "tags.1.member.value", `${PATTERN}*`),
    ],
    [
      "other letters in a key that is passed on",
      { ...tag(1, "a", "b"), "TransitiveTagKeys.member.1": "*" },
      "ValidationError",
      constraint("'*'", "transitiveTagKeys.1.member", `${PATTERN}+`),
    ],
    [
      "fifty-one",
      many(51),
      "ValidationError",
      "1 validation error detected: Value at 'tags' failed to satisfy constraint: Member must have length less than or equal to 50",
    ],
    [
      "a key twice",
      { ...tag(1, "team", "red"), ...tag(2, "Team", "blue") },
      "InvalidParameterValue",
      "Duplicate tag keys found. Please note that Tag keys are case insensitive.",
    ],
    [
      "a key to pass on that no tag has",
      { ...tag(1, "team", "red"), "TransitiveTagKeys.member.1": "cost" },
      "InvalidParameterValue",
      "The specified transitive tag key must be included in the requested tags.",
    ],
    [
      "a key to pass on and no tags",
      { "TransitiveTagKeys.member.1": "cost" },
      "InvalidParameterValue",
      /must be included/,
    ],
    ["a key of AWS's own", tag(1, "AWS:team", "red"), "InvalidParameterValue", /reserved for AWS/],
  ])("refuses %s", (_, parameters, errorType, message) => {
    const { tags, fault } = read(parameters);

    expect(tags).toEqual([]);
    expect(fault).toMatchObject({
      status: 400,
      errorType,
      message: typeof message === "string" ? message : expect.stringMatching(message),
    });
  });
});

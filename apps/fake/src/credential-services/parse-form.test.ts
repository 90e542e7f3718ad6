import { describe, expect, test } from "vitest";
import { parseForm } from "./parse-form.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe("parseForm()", () => {
  test.each([
    ["Action=GetCallerIdentity&Version=2011-06-15", { Action: "GetCallerIdentity", Version: "2011-06-15" }],
    ["a=b+c%20d%2Be", { a: "b c d+e" }],
    ["a=b=c", { a: "b=c" }],
    ["a", { a: "" }],
    ["", {}],
    ["&&a=1&", { a: "1" }],
    ["=x", { "": "x" }],
    ["__proto__=x&constructor=y", { ["__proto__"]: "x", constructor: "y" }],
    ["a=%zz%4", { a: "%zz%4" }],
    ["a=%FF", { a: "\uFFFD" }],
    ["%41ction=x", { Action: "x" }],
  ])("reads %j", (form, parameters) => {
    const read = parseForm(bytes(form));
    expect(typeof read === "string" ? read : [...read]).toEqual(Object.entries(parameters));
  });

  test.each([
    ["Action=a&Action=b", "parameter-twice"],
    ["Action=a&%41ction=b", "parameter-twice"],
    [`a=${"x".repeat(131_072)}`, "too-large"],
    ["&".repeat(256), "too-many-parameters"],
  ])("refuses %.40j", (form, problem) => {
    expect(parseForm(bytes(form))).toBe(problem);
  });

  test("refuses what is not UTF-8", () => {
    expect(parseForm(new Uint8Array([0x61, 0x3d, 0xff]))).toBe("not-utf-8");
  });

  test("has limits that can be set", () => {
    expect(parseForm(bytes("a=1&b=2"), { maxParameters: 1 })).toBe("too-many-parameters");
    expect(parseForm(bytes("a=1"), { maxBytes: 2 })).toBe("too-large");
    expect(parseForm(bytes("a=1"), { maxParameters: 1, maxBytes: 3 })).toEqual(new Map([["a", "1"]]));
  });
});

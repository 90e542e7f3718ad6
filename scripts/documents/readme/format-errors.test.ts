import { describe, expect, test } from "vitest";
import { formatErrors } from "./format-errors.ts";
import type { ExportedSymbol } from "./read-api.ts";

const symbol = (name: string, given: Partial<ExportedSymbol>): ExportedSymbol => ({
  name,
  place: name,
  isValue: false,
  parameters: undefined,
  text: "",
  codeType: undefined,
  union: [],
  properties: [],
  ...given,
});

const ODD_ERROR = symbol("OddError", { isValue: true, codeType: "OddCode" });
const INNER = symbol("InnerCode", { union: [{ text: "LATE" }], text: "What.\n\n| `LATE` | it came late |" });
const OUTER = symbol("OddCode", {
  union: [{ type: "InnerCode" }, { text: "WRONG" }],
  text: "What.\n\n| code | meaning |\n|---|---|\n| `WRONG` | it is `wrong` |\n",
});

describe("formatErrors()", () => {
  test("lists the codes of a class, those of another union among them", () => {
    expect(formatErrors([ODD_ERROR, INNER, OUTER])).toBe(
      "| `OddError.code` | when |\n|---|---|\n| `LATE` | it came late |\n| `WRONG` | it is `wrong` |",
    );
  });

  test("is empty where nothing is thrown", () => expect(formatErrors([INNER])).toBe(""));

  test.each([
    ["a code without a row", { ...OUTER, text: "What." }, "no row for WRONG"],
    ["a row without a code", { ...OUTER, text: `${OUTER.text}| \`GONE\` | was there |\n` }, "a row for GONE"],
    ["no codes at all", { ...OUTER, union: [], text: "" }, "no codes"],
  ])("refuses %s", (_, outer, words) => {
    expect(() => formatErrors([ODD_ERROR, INNER, outer])).toThrow(words);
  });
});

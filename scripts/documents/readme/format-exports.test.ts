import { describe, expect, test } from "vitest";
import { formatExports } from "./format-exports.ts";
import type { ExportedSymbol } from "./read-api.ts";

const symbol = (name: string, given: Partial<ExportedSymbol> = {}): ExportedSymbol => ({
  name,
  place: `${name}.ts`,
  isValue: true,
  parameters: undefined,
  text: `Is ${name}. And more.`,
  codeType: undefined,
  union: [],
  properties: [],
  ...given,
});

const sign = symbol("sign", {
  parameters: ["request", "options"],
  text: "Signs a request,\nas {@link verify} wants it.\n\nMore.",
});
const verify = symbol("verify", { parameters: ["request"] });

describe("formatExports()", () => {
  test("lists values with their first sentences, and neither types nor errors", () => {
    const symbols = [sign, symbol("Options", { isValue: false }), symbol("OddError", { codeType: "OddCode" })];

    expect(formatExports([{ specifier: "odd", symbols }])).toBe(
      "| `odd` |  |\n|---|---|\n| `sign(request, options)` | Signs a request, as `verify` wants it. |",
    );
  });

  test("lists what two entries have once: in a part of the main one, else in the main one", () => {
    const text = formatExports([
      { specifier: "odd", symbols: [sign, verify, symbol("LIMIT")] },
      { specifier: "odd/part", symbols: [sign, verify] },
      { specifier: "odd/more", symbols: [symbol("LIMIT"), symbol("extra")] },
    ]);

    expect(text.match(/sign\(/g)).toHaveLength(1);
    expect(text).toContain("`odd` also has all of `odd/part`.");
    expect(text).toContain("| `odd/part` |  |\n|---|---|\n| `sign(request, options)` |");
    expect(text).toContain("`odd/more` also has of `odd`: `LIMIT`.");
  });

  test("tells two of one name apart", () => {
    const other = symbol("sign", { place: "elsewhere.ts", text: "Signs otherwise." });

    expect(
      formatExports([
        { specifier: "odd", symbols: [sign] },
        { specifier: "odd/other", symbols: [other] },
      ]),
    ).toContain("Signs otherwise.");
  });

  test("refuses what has no docstring", () => {
    expect(() => formatExports([{ specifier: "odd", symbols: [symbol("sign", { text: "" })] }])).toThrow(
      "Cannot list sign",
    );
  });
});

import { anyText } from "@claude-on-aws/fixtures/any-text";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseXml } from "../../../test/support/parse-xml.ts";
import { formatXml } from "./xml.ts";

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';

describe("formatXml()", () => {
  test("writes elements in order, indented, and leaves out what is undefined", () => {
    expect(formatXml("A", { B: "x", C: undefined, D: { E: 1 } }, "https://example/")).toBe(
      '<A xmlns="https://example/">\n  <B>x</B>\n  <D>\n    <E>1</E>\n  </D>\n</A>\n',
    );
  });

  test("holds any text: a parser reads what was written, and one element", () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        const { name, children } = parseXml(`${DECLARATION}${formatXml("A", { B: text })}`);
        // oxlint-disable-next-line no-control-regex
        const expected = text.replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, "\uFFFD");

        expect([name, children.length, children[0]?.text]).toEqual(["A", 1, expected]);
      }),
    );
  });
});

import { soakProperty } from "@claude-on-aws/fixtures";
import { anyText } from "@claude-on-aws/fixtures/any-text";
import { assert, property, string } from "fast-check";
import { expect, test } from "vitest";
import { growText } from "./text-growth.ts";

const utf8 = new TextEncoder();
const longest = (text: string): number =>
  Math.max(...(["NFC", "NFKC"] as const).map((form) => utf8.encode(text.normalize(form)).length));
const escaped = (text: string): string =>
  text.replace(/[^ -~]/gu, (character) =>
    [...Array(character.length).keys()]
      .map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`)
      .join(""),
  );

test("no character of the runtime's Unicode becomes longer than is said, written out or escaped", () => {
  const short: string[] = [];
  // Beyond, no plane has characters that are normalized.
  for (let code = 0x80; code <= 0x3_ff_ff; code += 1) {
    if (code >= 0xd8_00 && code <= 0xdf_ff) continue;
    const character = String.fromCodePoint(code);
    // Most of them are their own normal form, and no longer than they are.
    if (character.normalize("NFC") === character && character.normalize("NFKC") === character) continue;
    const real = longest(character);
    const bytes = utf8.encode(character);
    if (real <= bytes.length) continue;
    const escape = utf8.encode(escaped(character));
    if (bytes.length + (growText(bytes).bytes ?? 0) < real) short.push(character);
    if (escape.length + (growText(escape).bytes ?? 0) < real) short.push(escaped(character));
  }
  expect(short).toEqual([]);
});

test("no text becomes longer than is said, its marks in any order", () => {
  const marks = string({ unit: "grapheme" });
  const bounded = property(marks, anyText(), (one, other) => {
    for (const text of [one, other, one + other, `${one}\u0323\u0301\u09be`]) {
      const bytes = utf8.encode(text);
      expect(bytes.length + (growText(bytes).bytes ?? 0)).toBeGreaterThanOrEqual(longest(text));
    }
  });
  assert(bounded, soakProperty(100_000, 300));
});

test("ASCII does not grow, and neither do the scripts of China and Korea", () => {
  expect(growText(utf8.encode('{"a":"b\\n\\t"}'))).toEqual({ bytes: 0, hasHiddenLetters: false });
  expect(growText(utf8.encode('{"a":"漢字한국어"}')).bytes).toBe(0);
  expect(growText(utf8.encode("ﷺ")).bytes).toBe(30);
});

test("letters that are escaped are told from control characters", () => {
  expect(growText(utf8.encode('{"a":"\\u001b[0m"}')).hasHiddenLetters).toBe(false);
  expect(growText(utf8.encode('{"a":"\\u003cp\\u003e"}')).hasHiddenLetters).toBe(false);
  expect(growText(utf8.encode('{"cache\\u005fcontrol":1}')).hasHiddenLetters).toBe(true);
  expect(growText(utf8.encode('{"a":"\\\\u0041"}')).hasHiddenLetters).toBe(false);
});

test("what is no UTF-8 is not bounded", () => {
  expect(growText(Uint8Array.of(0x22, 0xff, 0x22)).bytes).toBeNull();
});

import { describe, expect, test } from "vitest";
import { Base64TextDecoder, resolveBuffer } from "./decode-base64-text.ts";
import { encodeBase64 } from "./encode-base64.ts";

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Long enough for the runtime's own decoder. */
const LONG = 6000;

describe.each([
  ["with Buffer", new Base64TextDecoder()],
  ["without Buffer", new Base64TextDecoder(null)],
])("Base64TextDecoder %s", (_, decoder) => {
  const decode = (base64: string): string | undefined => decoder.decode(ascii(`"${base64}"`), 1, base64.length + 1);

  test.each(["", "a", "ab", "abc", "ä", "€uro", "😀", "\ufeff", "\0", "x".repeat(LONG), "ß".repeat(LONG)])(
    "decodes %j",
    (text) => {
      expect(decode(Buffer.from(text).toString("base64"))).toBe(text);
      expect(decode(encodeBase64(text))).toBe(text);
    },
  );

  test.each(["-", "_", "=", " ", "\n", "\0", "#", "\x7f"])("refuses the character %j at any place", (character) => {
    // Padding in place of a digit may leave Base64.
    const padded = character === "=" ? [] : ["YWI=", "YQ=="];
    for (const base64 of ["YWJj", "YWJjZGVm", "YWJj".repeat(LONG), ...padded]) {
      const end = base64.length - (character === "=" ? 2 : base64.length - base64.replaceAll("=", "").length);
      for (let at = 0; at < end; at += 1 + Math.floor(base64.length / 20)) {
        expect(decode(base64.slice(0, at) + character + base64.slice(at + 1))).toBeUndefined();
      }
    }
  });

  test.each(["a", "ab", "abc", "YWJjZ", "=", "====", "Y===", "YQ=a", "/w==", "gICA", `${"YWJj".repeat(LONG)}/w==`])(
    "refuses %j",
    (base64) => {
      expect(decode(base64)).toBeUndefined();
    },
  );
});

describe("resolveBuffer()", () => {
  test("resolveBuffer() finds it on this runtime, and none in a browser", () => {
    expect(resolveBuffer()).toBeDefined();
    expect(resolveBuffer({})).toBeUndefined();
    expect(resolveBuffer({ process: {} })).toBeUndefined();
    expect(resolveBuffer({ process: { getBuiltinModule: () => undefined } })).toBeUndefined();
  });
});

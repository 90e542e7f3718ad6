import { describe, expect, test } from "vitest";
import { isApiKey } from "./api-key.ts";
import { AWS_KEY_FAMILIES } from "./aws-key-families.ts";
import { ISSUED_KEY } from "./issued-key.ts";
import { KEY_BEGINNING } from "./key-beginning.ts";
import { keyFamily } from "./key-family.ts";
import { KEY_FORMS } from "./key-forms.ts";
import { keyTerm } from "./key-term.ts";

/** A key of each form, as long as those that are issued; in parts, so that nothing takes it for one. */
const ISSUED: readonly (readonly [family: string, term: string, key: string])[] = [
  ["anthropic-aws", "short", `aws-external-anthropic-api-key-${"YXdz".repeat(20)}=`],
  ["anthropic-aws", "long", `AEAA${"QWVh".repeat(20)}`],
  ["bedrock", "short", `bedrock-api-key-${"YmVk".repeat(20)}==`],
  ["bedrock", "long", `ABSK${"QmVk".repeat(20)}`],
  ["console", "long", `sk-ant-${"api03"}-${"aB3_-".repeat(19)}`],
  ["console", "long", `sk-ant-${"admin01"}-${"aB3_-".repeat(19)}`],
  ["oauth", "long", `sk-ant-${"oat01"}-${"aB3_-".repeat(19)}`],
  ["oauth", "long", `sk-ant-${"ort01"}-${"aB3_-".repeat(19)}`],
];

describe("the forms of keys", () => {
  test("are each tried here", () => {
    expect(ISSUED.map(([family, term]) => [family, term])).toEqual(KEY_FORMS.map(({ family, term }) => [family, term]));
  });

  test.each(ISSUED)("tell a key of %s with its %s term", (family, term, key) => {
    expect([keyFamily(key), keyTerm(key), isApiKey(key)]).toEqual([family, term, true]);
    expect(`{"key":"${key}"}`.replace(ISSUED_KEY, "…")).toBe('{"key":"…"}');
    expect(`{"key":"${key}`.search(KEY_BEGINNING)).toBe(8);
  });

  test("agree with what is known of the keys of AWS", () => {
    for (const [family, { shortTermPrefix, longTermPrefix }] of Object.entries(AWS_KEY_FAMILIES)) {
      const prefixes = KEY_FORMS.filter((form) => form.family === family).map(({ term, prefix }) => [term, prefix]);
      expect(prefixes).toEqual([
        ["short", shortTermPrefix],
        ["long", longTermPrefix],
      ]);
    }
  });

  test.each(["", "sk-ant-xxxxx", "sk-ant-", "gateway-token", "AKIDEXAMPLE", "absk1", " ABSK1"])(
    "say nothing of %j, which counts as long-term",
    (key) => expect([keyFamily(key), keyTerm(key)]).toEqual(["unknown", "long"]),
  );

  test.each(["sk-ant-xxxxx", "ABSK", "AEAAexample", "bedrock-api-key-TEST", `xABSK${"a".repeat(40)}`])(
    "take %j for no key that was issued",
    (text) => expect(text.match(ISSUED_KEY)).toBeNull(),
  );
});

describe("isApiKey()", () => {
  test.each(["k", "a-gateway's-token", "~!", "a".repeat(8192)])("takes %.20s", (text) => {
    expect(isApiKey(text)).toBe(true);
  });

  test.each(["", "a b", "a\n", " a", "ä", "a\u0000", "a".repeat(8193)])("refuses %j", (text) => {
    expect(isApiKey(text)).toBe(false);
  });
});

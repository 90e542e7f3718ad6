import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { webIdentityToken } from "../../../test/credential-services/support/client-home.ts";
import { parseWebIdentityToken } from "./parse-web-identity-token.ts";

const encode = (text: string): string => Buffer.from(text).toString("base64url");

describe("parseWebIdentityToken()", () => {
  test("reads who the token is of, and when it ends", () => {
    expect(
      parseWebIdentityToken(webIdentityToken({ iss: "https://i", sub: "ä", aud: ["a", "b"], exp: 1_800_000_000.5 })),
    ).toEqual({
      expiration: new Date(1_800_000_000_500),
      issuer: "https://i",
      subject: "ä",
      audience: "a",
    });
  });

  test("takes the line break that ends a file", () => {
    expect(parseWebIdentityToken(`${webIdentityToken({ exp: 1 })}\n`)).toEqual({ expiration: new Date(1000) });
  });

  test.each([
    ["nothing", ""],
    ["a word", "token"],
    ["two parts", "a.b"],
    ["four parts", `${webIdentityToken({ exp: 1 })}.x`],
    ["no base64", "e30.{}.x"],
    ["base64 of no JSON", `e30.${encode("{")}.x`],
    ["a list", `e30.${encode("[1]")}.x`],
    ["null", `e30.${encode("null")}.x`],
    ["bytes that are no UTF-8", `e30.${Buffer.from([0x22, 0xff, 0x22]).toString("base64url")}.x`],
    ["dots", ".".repeat(20_000)],
  ])("refuses %s", (_, token) => {
    expect(parseWebIdentityToken(token)).toMatch(/^The ID Token provided is not a valid JWT/);
  });

  test.each([{}, { exp: "1800000000" }, { exp: null }, { exp: 1e300 }])("misses the end in %j", (claims) => {
    expect(parseWebIdentityToken(webIdentityToken(claims))).toBe("Missing a required claim: exp");
  });

  test("never throws", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        expect(parseWebIdentityToken(`${a}.${encode(b)}.x`)).toBeDefined();
      }),
    );
  });
});

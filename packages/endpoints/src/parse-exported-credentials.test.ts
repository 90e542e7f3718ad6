import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseExportedCredentials } from "./parse-exported-credentials.ts";

const flat = { AccessKeyId: "ASIA", SecretAccessKey: "secret", SessionToken: "token" };
const credentials = { accessKeyId: "ASIA", secretAccessKey: "secret", sessionToken: "token" };
const longTerm = { AccessKeyId: "AKIDEXAMPLE", SecretAccessKey: "secret" };

describe("parseExportedCredentials()", () => {
  test.each([
    ["the flat form", { Version: 1, ...flat }, credentials],
    [
      "the answer of STS",
      { Credentials: { ...flat, Expiration: "2026-11-21T12:00:00Z" } },
      { ...credentials, expiration: new Date("2026-11-21T12:00:00Z") },
    ],
    ["an end that is null", { ...flat, Expiration: null }, credentials],
  ])("reads %s, whether or not a session token is required", (_, value, read) => {
    for (const requireSessionToken of [true, false, undefined]) {
      expect(parseExportedCredentials(JSON.stringify(value), { requireSessionToken })).toStrictEqual({
        ok: true,
        credentials: read,
      });
    }
  });

  test.each([longTerm, { ...longTerm, SessionToken: "" }, { ...longTerm, SessionToken: 1 }])(
    "reads %j only where no session token is required",
    (value) => {
      expect(parseExportedCredentials(JSON.stringify(value))).toStrictEqual({
        ok: true,
        credentials: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" },
      });
      expect(parseExportedCredentials(JSON.stringify(value), { requireSessionToken: true })).toMatchObject({
        ok: false,
        fault: "FIELD_MISSING",
      });
    },
  );

  test.each([
    ["", "NOT_JSON"],
    ["secret", "NOT_JSON"],
    ["[]", "NOT_AN_OBJECT"],
    ["null", "NOT_AN_OBJECT"],
    ["1", "NOT_AN_OBJECT"],
    ["{}", "FIELD_MISSING"],
    ['{"AccessKeyId":"a"}', "FIELD_MISSING"],
    ['{"AccessKeyId":"a","SecretAccessKey":""}', "FIELD_MISSING"],
    [JSON.stringify({ Credentials: {} }), "FIELD_MISSING"],
    [JSON.stringify({ Credentials: [], AccessKeyId: "a" }), "FIELD_MISSING"],
    [JSON.stringify({ ...flat, Expiration: "soon" }), "EXPIRATION_MALFORMED"],
    [JSON.stringify({ ...flat, Expiration: 1_800_000_000 }), "EXPIRATION_MALFORMED"],
  ])("finds none in %s: %s", (text, fault) => {
    for (const requireSessionToken of [true, false]) {
      expect(parseExportedCredentials(text, { requireSessionToken })).toMatchObject({ ok: false, fault });
    }
  });

  test("repeats nothing of what it was given", () => {
    const secret = "wJalrXUtnFEMI";
    const values = fc.constantFrom(secret, `${secret}"`, "", null, 1, [secret], { [secret]: secret });
    const record = fc.dictionary(
      fc.constantFrom("Credentials", "AccessKeyId", "SecretAccessKey", "SessionToken", "Expiration", secret),
      values,
    );
    fc.assert(
      fc.property(record, fc.integer({ min: 0, max: 60 }), (value, length) => {
        const text = JSON.stringify(value);
        for (const part of [text, text.slice(0, length)]) {
          const read = parseExportedCredentials(part, { requireSessionToken: true });
          expect(read.ok ? "" : read.message).not.toContain(secret);
        }
      }),
    );
  });
});

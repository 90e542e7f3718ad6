import { soakProperty } from "@claude-on-aws/fixtures";
import { anyText } from "@claude-on-aws/fixtures/any-text";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { makeToken } from "../callers/tokens/make-token.ts";
import type { AuditRecord } from "./audit-record.ts";
import { formatAuditLine } from "./format-audit-line.ts";

const RECORD = { path: "/v1/messages", usage: null, upstreams: ["a"] } as unknown as AuditRecord;

describe("formatAuditLine()", () => {
  test("is one line, in which nothing can be hidden, and says the same", () => {
    const text = fc.oneof(
      anyText(),
      fc.string({
        unit: fc.constantFrom(
          "\u2028",
          "\u2029",
          "\u0085",
          "\u009b",
          "\u202e",
          "\u2066",
          "\u007f",
          "\n",
          "\u001b",
          "\ud800",
          "a",
          '"',
          "\\",
        ),
      }),
    );
    fc.assert(
      fc.property(text, (path) => {
        const line = formatAuditLine({ ...RECORD, path });

        expect(JSON.parse(line)).toEqual({ ...RECORD, path });
        expect(line.slice(0, -1)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
        expect(line.endsWith("}\n")).toBe(true);
      }),
      soakProperty(50_000, 1000),
    );
  });

  test.each([
    ["a token of the gateway", `/${makeToken({ name: "a" }).token}/v1/messages`, "/coagw_…/v1/messages"],
    ["a key of Amazon Bedrock", `/v1/models/ABSK${"a".repeat(40)}=`, "/v1/models/ABSK…"],
    ["a key of the Claude Console", `/v1/models/sk-ant-api03-${"a".repeat(40)}`, "/v1/models/sk-ant-api…"],
    ["a JWT", `/v1/models/eyJhbGciOi.eyJpc3MiOiJ.c2lnbmF0dXJl`, "/v1/models/eyJ…"],
    ["a password", "http://user:secret@gateway/v1/messages", "http://…@gateway/v1/messages"],
    ["a credential that is cut", `/${"a".repeat(2020)}/coagw_${"0".repeat(72)}`, `/${"a".repeat(2020)}/coagw_……`],
  ])("leaves out %s that stands in a path", (_, path, written) => {
    expect((JSON.parse(formatAuditLine({ ...RECORD, path })) as AuditRecord).path).toBe(written);
  });

  test("cuts a text that is as long as a head may be", () => {
    const { path } = JSON.parse(formatAuditLine({ ...RECORD, path: "/".repeat(65_536) })) as AuditRecord;

    expect(path).toBe(`${"/".repeat(2048)}…`);
  });
});

import { X509Certificate } from "node:crypto";
import { describe, expect, test } from "vitest";
import { createAuthority } from "./authority.ts";

const NOW = new Date("2026-05-14T12:00:00Z");
const AUTHORITY = createAuthority(NOW);
const ROOT = new X509Certificate(AUTHORITY.certificate);
const HOST = "bedrock-runtime.eu-west-1.amazonaws.com";
const LEAF = new X509Certificate(AUTHORITY.issue([HOST, "localhost", "127.0.0.1", "::1"]).cert);

describe("createAuthority()", () => {
  test("makes an authority that signed itself, and is valid for a week", () => {
    expect([ROOT.ca, ROOT.verify(ROOT.publicKey), ROOT.checkIssued(ROOT)]).toEqual([true, true, true]);
    expect(new Date(ROOT.validFrom)).toEqual(new Date("2026-05-14T11:00:00Z"));
    expect(new Date(ROOT.validTo)).toEqual(new Date("2026-05-21T12:00:00Z"));
  });

  test("issues certificates that it signed, for the names that were asked for and no other", () => {
    expect([LEAF.ca, LEAF.verify(ROOT.publicKey), LEAF.checkIssued(ROOT)]).toEqual([false, true, true]);
    // Deno writes the address short.
    expect(LEAF.subjectAltName?.replace("0:0:0:0:0:0:0:1", "::1").split(", ")).toEqual([
      `DNS:${HOST}`,
      "DNS:localhost",
      "IP Address:127.0.0.1",
      "IP Address:::1",
    ]);
  });

  test("has another key and another name each time", () => {
    const other = new X509Certificate(createAuthority(NOW).certificate);

    expect(LEAF.verify(other.publicKey)).toBe(false);
    expect(other.subject).not.toBe(ROOT.subject);
  });

  test("tells its certificate alone", () => {
    expect(Object.keys(AUTHORITY).toSorted()).toEqual(["certificate", "issue"]);
    expect(AUTHORITY.certificate).not.toContain("PRIVATE");
  });

  test("gives every certificate a number of its own", () => {
    const numbers = Array.from({ length: 20 }, () => new X509Certificate(AUTHORITY.issue([HOST]).cert).serialNumber);
    expect(new Set(numbers).size).toBe(20);
  });
});

import { X509Certificate } from "node:crypto";
import { describe, expect, test } from "vitest";
import { createAuthority } from "./authority.ts";

const NOW = new Date("2026-05-14T12:00:00Z");
const authority = createAuthority(NOW);
const root = new X509Certificate(authority.certificate);
const HOST = "bedrock-runtime.eu-west-1.amazonaws.com";
const leaf = new X509Certificate(authority.issue([HOST, "localhost", "127.0.0.1", "::1"]).cert);

describe("createAuthority()", () => {
  test("makes an authority that signed itself, and is valid for a week", () => {
    expect([root.ca, root.verify(root.publicKey), root.checkIssued(root)]).toEqual([true, true, true]);
    expect(new Date(root.validFrom)).toEqual(new Date("2026-05-14T11:00:00Z"));
    expect(new Date(root.validTo)).toEqual(new Date("2026-05-21T12:00:00Z"));
  });

  test("issues certificates that it signed, for the names that were asked for and no other", () => {
    expect([leaf.ca, leaf.verify(root.publicKey), leaf.checkIssued(root)]).toEqual([false, true, true]);
    // Deno writes the address short.
    expect(leaf.subjectAltName?.replace("0:0:0:0:0:0:0:1", "::1").split(", ")).toEqual([
      `DNS:${HOST}`,
      "DNS:localhost",
      "IP Address:127.0.0.1",
      "IP Address:::1",
    ]);
  });

  test("has another key and another name each time", () => {
    const other = new X509Certificate(createAuthority(NOW).certificate);

    expect(leaf.verify(other.publicKey)).toBe(false);
    expect(other.subject).not.toBe(root.subject);
  });

  test("tells its certificate alone", () => {
    expect(Object.keys(authority).toSorted()).toEqual(["certificate", "issue"]);
    expect(authority.certificate).not.toContain("PRIVATE");
  });

  test("gives every certificate a number of its own", () => {
    const numbers = Array.from({ length: 20 }, () => new X509Certificate(authority.issue([HOST]).cert).serialNumber);
    expect(new Set(numbers).size).toBe(20);
  });
});

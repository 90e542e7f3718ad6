import { describe, expect, test } from "vitest";
import { bitString, encodeDer, integer, objectIdentifier, time } from "./der.ts";

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

describe("encodeDer()", () => {
  test.each([
    [0, "0400"],
    [127, "047f"],
    [128, "048180"],
    [255, "0481ff"],
    [256, "04820100"],
    [65_536, "0483010000"],
  ])("writes a length of %d as short as it can be", (length, head) => {
    expect(hex(encodeDer(0x04, new Uint8Array(length))).slice(0, head.length)).toBe(head);
  });
});

describe("integer()", () => {
  test("keeps a number with a high first bit from being negative", () => {
    expect([hex(integer(0x7f)), hex(integer(0x80)), hex(integer(0))]).toEqual(["02017f", "02020080", "020100"]);
  });
});

describe("objectIdentifier()", () => {
  test("joins the first two numbers, and cuts large ones into groups of seven bits", () => {
    expect(hex(objectIdentifier("1.2.840.10045.4.3.2"))).toBe("06082a8648ce3d040302");
    expect(hex(objectIdentifier("2.5.29.17"))).toBe("0603551d11");
  });
});

describe("bitString()", () => {
  test("says how many bits are unused", () => {
    expect(hex(bitString(Uint8Array.of(0x80), 7))).toBe("03020780");
  });
});

describe("time()", () => {
  test("writes two digits of a year up to 2049, and four from there", () => {
    const text = (date: string): string => new TextDecoder().decode(time(new Date(date)).subarray(2));
    expect(text("2049-12-31T23:59:59.999Z")).toBe("491231235959Z");
    expect(text("2050-01-01T00:00:00Z")).toBe("20500101000000Z");
  });
});

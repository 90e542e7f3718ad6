import { describe, expect, test } from "vitest";
import {
  decodeMessage,
  encodeMessage,
  MAX_HEADERS_BYTES,
  MAX_MESSAGE_BYTES,
  type EventStreamHeaderValue,
} from "./index.ts";

const PAYLOAD = new Uint8Array();

describe("encodeMessage()", () => {
  test.each<[string, unknown, string]>([
    ["byte", 128, "HEADER_VALUE"],
    ["byte", -129, "HEADER_VALUE"],
    ["byte", 1.5, "HEADER_VALUE"],
    ["short", 32_768, "HEADER_VALUE"],
    ["integer", 2 ** 31, "HEADER_VALUE"],
    ["integer", Number.NaN, "HEADER_VALUE"],
    ["long", 2n ** 63n, "HEADER_VALUE"],
    ["long", -(2n ** 63n) - 1n, "HEADER_VALUE"],
    ["binary", new Uint8Array(32_768), "HEADER_VALUE"],
    ["string", "x".repeat(32_768), "HEADER_VALUE"],
    ["string", "\ud800", "HEADER_VALUE"],
    ["timestamp", new Date(Number.NaN), "HEADER_VALUE"],
    ["uuid", "01234567-89ab-cdef-fedc-ba987654321", "HEADER_VALUE"],
    ["uuid", "0123456789abcdeffedcba9876543210", "HEADER_VALUE"],
    ["float", 1, "HEADER_TYPE"],
  ])("refuses a header of type %s that cannot be written", (type, value, code) => {
    const header = { type, value } as EventStreamHeaderValue;
    expect(() => encodeMessage({ headers: { name: header }, payload: PAYLOAD })).toThrow(
      expect.objectContaining({ code }),
    );
  });

  test.each(["", "n".repeat(256), "ä".repeat(128), "\udc00"])("refuses the header name %j", (name) => {
    expect(() => encodeMessage({ headers: { [name]: { type: "boolean", value: true } }, payload: PAYLOAD })).toThrow(
      expect.objectContaining({ code: "HEADER_NAME" }),
    );
  });

  test("encodeMessage() refuses what no default decoder would take", () => {
    const headers = Object.fromEntries(
      Array.from({ length: 5 }, (_, index) => [
        `name ${index}`,
        { type: "string", value: "x".repeat(30_000) } as const,
      ]),
    );
    expect(() => encodeMessage({ headers, payload: PAYLOAD })).toThrow(
      expect.objectContaining({ code: "HEADERS_TOO_LARGE" }),
    );
    expect(encodeMessage({ headers: {}, payload: new Uint8Array(MAX_MESSAGE_BYTES - 16) })).toHaveLength(
      MAX_MESSAGE_BYTES,
    );
    expect(() => encodeMessage({ headers: {}, payload: new Uint8Array(MAX_MESSAGE_BYTES - 15) })).toThrow(
      expect.objectContaining({ code: "FRAME_TOO_LARGE" }),
    );
    expect(MAX_HEADERS_BYTES).toBe(131_072);
  });

  test("encodeMessage() sees that a header was changed in place", () => {
    const header = { type: "string", value: "one" };
    const headers = { name: header as EventStreamHeaderValue };
    encodeMessage({ headers, payload: PAYLOAD });
    header.value = "two";
    expect(decodeMessage(encodeMessage({ headers, payload: PAYLOAD })).headers["name"]?.value).toBe("two");
    const bytes = new Uint8Array([1]);
    const binary = { name: { type: "binary", value: bytes } as const };
    encodeMessage({ headers: binary, payload: PAYLOAD });
    bytes[0] = 2;
    expect(decodeMessage(encodeMessage({ headers: binary, payload: PAYLOAD })).headers["name"]?.value).toEqual(
      new Uint8Array([2]),
    );
  });

  test("encodeMessage() keeps names and types apart that look alike", () => {
    for (const headers of [
      { a: { type: "byte", value: 1 }, b: { type: "byte", value: 1 } },
      { b: { type: "byte", value: 1 }, a: { type: "byte", value: 1 } },
      { a: { type: "short", value: 1 }, b: { type: "byte", value: 1 } },
      { a: { type: "byte", value: 1 } },
    ] as Record<string, EventStreamHeaderValue>[]) {
      const read = decodeMessage(encodeMessage({ headers, payload: PAYLOAD })).headers;
      expect(Object.entries(read)).toEqual(Object.entries(headers));
    }
  });
});

import { describe, expect, test } from "vitest";
import { formatAmzDate, parseAmzDate } from "./amz-date.ts";

describe("parseAmzDate()", () => {
  test("reads what formatAmzDate() writes", () => {
    const date = new Date("2026-11-21T01:23:45Z");

    expect(formatAmzDate(date)).toBe("20261121T012345Z");
    expect(parseAmzDate("20261121T012345Z")).toEqual(date);
  });

  test("reads the form of the Date header", () => {
    expect(parseAmzDate("Sat, 21 Nov 2026 01:23:45 GMT")).toEqual(new Date("2026-11-21T01:23:45Z"));
  });

  test.each([
    "",
    "now",
    "2026-11-21T01:23:45Z",
    "20261121T012345",
    "20261321T012345Z",
    "20261121T252345Z",
    "Sat, 41 Nov 2026 01:23:45 GMT",
  ])('does not read "%s"', (text) => {
    expect(parseAmzDate(text)).toBeUndefined();
  });
});

import { describe, expect, test } from "vitest";
import { parseInstant } from "./parse-instant.ts";

describe("parseInstant()", () => {
  test.each([
    ["2026", "2026-01-01T00:00:00.000Z"],
    ["2026-07", "2026-07-01T00:00:00.000Z"],
    ["2024-02-29", "2024-02-29T00:00:00.000Z"],
    ["2026-07-01T12:30Z", "2026-07-01T12:30:00.000Z"],
    ["2026-07-01T12:30:15Z", "2026-07-01T12:30:15.000Z"],
    ["2026-07-01T12:30:15.5+02:00", "2026-07-01T10:30:15.500Z"],
    ["2026-07-01T12:30:15-0530", "2026-07-01T18:00:15.000Z"],
    ["1767225600", "2026-01-01T00:00:00.000Z"],
    ["1767225600.25", "2026-01-01T00:00:00.250Z"],
  ])("reads %s", (text, expected) => {
    expect(new Date(parseInstant(text) ?? Number.NaN).toISOString()).toBe(expected);
  });

  test.each([
    "",
    "yesterday",
    "2026-02-30",
    "2025-02-29",
    "2026-13-01",
    "2026-07-01T12:30",
    "2026-07-01T25:00Z",
    "-1",
    "20",
  ])("reads no date in %j", (text) => expect(parseInstant(text)).toBeUndefined());
});

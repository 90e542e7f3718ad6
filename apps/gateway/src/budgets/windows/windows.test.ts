import { soakProperty } from "@claude-on-aws/fixtures";
import { assert, constantFrom, integer, property } from "fast-check";
import { expect, test } from "vitest";
import type { CapWindow } from "../../settings/budget-settings.ts";
import { formatWindow, layoutOf, slotEndMs, slotMs, slotOf, SLOTS_OF_SPAN } from "./windows.ts";

const at = (text: string): number => Date.parse(text);

test.each<[CapWindow, string, string]>([
  ["day", "2026-11-30T00:00:00.000Z", "2026-12-01T00:00:00.000Z"],
  ["day", "2026-02-28T23:59:59.999Z", "2026-03-01T00:00:00.000Z"],
  ["week", "2026-11-30T00:00:00.000Z", "2026-12-07T00:00:00.000Z"],
  ["week", "2026-12-06T23:59:59.999Z", "2026-12-07T00:00:00.000Z"],
  ["week", "1970-01-01T00:00:00.000Z", "1970-01-05T00:00:00.000Z"],
  ["month", "2026-12-01T00:00:00.000Z", "2027-01-01T00:00:00.000Z"],
  ["month", "2024-02-29T12:00:00.000Z", "2024-03-01T00:00:00.000Z"],
])("a %s of %s ends at %s", (window, moment, end) => {
  const slot = slotOf(window, at(moment));
  expect(new Date(slotEndMs(window, slot)).toISOString()).toBe(end);
  expect(slotOf(window, at(end))).toBe(slot + 1);
  expect(slotOf(window, at(end) - 1)).toBe(slot);
});

test("each moment is in one slot, which ends behind it, and the next begins there", () => {
  const windows: CapWindow[] = ["day", "week", "month", { seconds: 1 }, { seconds: 60 }, { seconds: 7 }];
  const holds = property(constantFrom(...windows), integer({ min: 0, max: at("2100-01-01") }), (window, ms) => {
    const slot = slotOf(window, ms);
    expect(slotEndMs(window, slot)).toBeGreaterThan(ms);
    expect(slotEndMs(window, slot - 1)).toBeLessThanOrEqual(ms);
    expect(slotOf(window, slotEndMs(window, slot))).toBe(slot + 1);
  });
  assert(holds, soakProperty(100_000, 1_000));
});

test("the slots that count reach over any span that ends in the slot of the moment", () => {
  const holds = property(
    integer({ min: 1, max: 100_000 }),
    integer({ min: 0, max: at("2100-01-01") }),
    (seconds, ms) => {
      const window = { seconds };
      const begin = ms - seconds * 1_000;
      expect(slotOf(window, begin)).toBeGreaterThanOrEqual(slotOf(window, ms) - layoutOf(window).back);
      expect(slotMs(seconds) * SLOTS_OF_SPAN).toBeGreaterThanOrEqual(seconds * 1_000);
    },
  );
  assert(holds, soakProperty(100_000, 1_000));
});

test("as many slots are kept as ever count at once, a span before included", () => {
  for (const window of ["month", { seconds: 60 }] as const) {
    const { back, ahead, size } = layoutOf(window);
    expect(size).toBeGreaterThanOrEqual(back + 1 + ahead);
    expect(size).toBeGreaterThanOrEqual(2 * back + 1 + (ahead > 0 ? 1 : 0));
  }
});

test("a window is written as the settings say it", () => {
  expect([formatWindow("day"), formatWindow({ seconds: 60 })]).toEqual(["day", "60s"]);
});

import { expect, test } from "vitest";
import { MINIMUM_AGE_MS, pickRelease } from "./pick-release.ts";

const NOW = Date.parse("2026-11-30T12:00:00Z");
const OLD = "2026-11-01T00:00:00Z";
const at = (ageMs: number): string => new Date(NOW - ageMs).toISOString();

test.each<readonly [title: string, latest: string, times: Readonly<Record<string, string>>, picked: string]>([
  ["the newest, number by number", "1.14.0", { "1.9.0": OLD, "1.14.0": OLD, "1.11.0": OLD }, "1.14.0"],
  ["nothing beyond latest", "1.12.0", { "1.12.0": OLD, "2.0.0": OLD }, "1.12.0"],
  ["no release that is not final", "1.14.0", { "1.13.0": OLD, "1.14.0-beta.1": OLD }, "1.13.0"],
  ["none that has not been out for a day", "1.14.0", { "1.13.0": OLD, "1.14.0": at(MINIMUM_AGE_MS - 1) }, "1.13.0"],
  ["one that has been out for a day", "1.14.0", { "1.13.0": OLD, "1.14.0": at(MINIMUM_AGE_MS) }, "1.14.0"],
  ["none whose day is unknown", "1.14.0", { "1.14.0": "yesterday" }, "1.11.0"],
  ["none older than what is pinned", "1.10.0", { created: OLD, modified: OLD, "1.10.0": OLD }, "1.11.0"],
])("pickRelease() picks %s", (_, latest, times, picked) => {
  expect(pickRelease("1.11.0", { latest, times }, NOW)).toBe(picked);
});

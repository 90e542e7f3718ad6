import { describe, expect, test } from "vitest";
import { measureEntry } from "../scripts/measure-entry.ts";

describe("measureEntry()", () => {
  test.each([
    ["event-stream", 5.75 * 1024, []],
    ["sse", 4 * 1024, ["eventsource-parser"]],
    ["claude", 16 * 1024, ["eventsource-parser"]],
  ])("finds %s within %i bytes with gzip, depending on %j", async (entry, most, packages) => {
    const size = await measureEntry(entry);
    expect(size.packages).toEqual(packages);
    expect(size.gzipBytes).toBeLessThanOrEqual(most);
  });
});

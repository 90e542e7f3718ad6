import { describe, expect, test } from "vitest";
import { applyEnvironment } from "./apply-environment.ts";

describe("applyEnvironment()", () => {
  test("sets and takes away, and puts everything back", () => {
    const target: Record<string, string | undefined> = { kept: "1", replaced: "2", taken: "3" };

    const restore = applyEnvironment(target, { replaced: "b", taken: undefined, added: "c", never: undefined });
    expect(target).toEqual({ kept: "1", replaced: "b", added: "c" });
    restore();

    expect(target).toEqual({ kept: "1", replaced: "2", taken: "3" });
  });
});

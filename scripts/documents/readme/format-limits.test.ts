import { describe, expect, test } from "vitest";
import { fileURLToPath } from "node:url";
import { DEFAULT_LIMITS } from "../../../packages/listen/src/index.ts";
import { formatLimits } from "./format-limits.ts";
import { type ExportedProperty, type ExportedSymbol, readApi } from "./read-api.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

const options = (name: string, ...properties: readonly ExportedProperty[]): ExportedSymbol => ({
  name,
  place: name,
  isValue: false,
  parameters: undefined,
  text: "Options.",
  codeType: undefined,
  union: [],
  properties,
});
const option = (name: string, value?: string, note?: string): ExportedProperty => ({
  name,
  text: `Bounds ${name}. And more.`,
  default: value === undefined ? undefined : { value, note },
});

describe("formatLimits()", () => {
  test.each([
    [option("maxBodyBytes", "67_108_864"), "64 MiB"],
    [option("maxMessageBytes", "25_296_912", "24 MiB and a bit"), "25,296,912 bytes: 24 MiB and a bit"],
    [option("timeoutMs", "180_000"), "3 min"],
    [option("graceMs", "1_500"), "1,500 ms"],
    [option("maxExpiresSeconds", "604_800"), "7 days"],
    [option("maxCandidates", "2000"), "2,000"],
    [option("idleTimeoutMs", "none"), "none"],
    [option("maxReplyBytes", "0: none"), "0: none"],
  ])("writes %o", (given, words) => {
    expect(formatLimits([options("OddOptions", given)])).toContain(`| Bounds ${given.name}. | ${words} |`);
  });

  test("lists what two interfaces have once", () => {
    const both = [option("maxLength", "5")];

    expect(formatLimits([options("A", ...both), options("B", ...both)])).toContain("| `maxLength` of `A`, `B` |");
  });

  test("leaves out what bounds nothing, or has no default", () => {
    expect(formatLimits([options("A", option("nowMs", "Date.now"), option("port", "0"), option("maxLength"))])).toBe(
      "",
    );
  });

  test("the docstrings of listen say its defaults", async () => {
    const limits = (await readApi(ROOT)).get("packages/listen/src/index.ts")?.find(({ name }) => name === "Limits");

    expect(
      limits?.properties.map(({ name, default: given }) => [name, Number(given?.value.replaceAll("_", ""))]),
    ).toEqual(Object.entries(DEFAULT_LIMITS));
  });
});

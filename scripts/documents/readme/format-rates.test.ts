import { expect, test } from "vitest";
import { CONTENDERS } from "../../../apps/fake/bench/servers.ts";
import { formatRates } from "./format-rates.ts";

const FIGURES = {
  date: "2026-11-30",
  rounds: 5,
  processor: "a processor",
  versions: { Node: "24.21.0" },
  rates: [
    { scenario: "one", perSecond: Object.fromEntries(CONTENDERS.map(({ name }, index) => [name, 1000 * (index + 1)])) },
  ],
};

test("says how each server compares with aimock, and by which command that was measured", () => {
  const text = formatRates(FIGURES, "default");

  expect(text).toContain("`pnpm bench:fake --rounds 5 --write-figures`, 2026-11-30, a processor: Node 24.21.0.");
  expect(text).toContain("| aimock on Node | 1,000, 1.0 x |");
  expect(text).toContain("| msw on Node | 2,000, 2.0 x |");
  expect(text).not.toContain("--http 1");
});

test("has the limit beside the fake where all is asked for", () => {
  expect(formatRates(FIGURES, "all")).toContain("| the fake on Bun, `--http 1` (limit) | 3,000, 3.0 x (5.0 x) |");
});

test("refuses figures that lack a server", () => {
  const rates = [{ scenario: "one", perSecond: {} }];

  expect(() => formatRates({ ...FIGURES, rates }, "default")).toThrow("Cannot write the rates");
});

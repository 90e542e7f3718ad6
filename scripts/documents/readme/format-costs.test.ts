import { expect, test } from "vitest";
import { COMPARED } from "../../../packages/fetch/bench/peers.ts";
import { formatCosts } from "./format-costs.ts";

const FIGURES = {
  date: "2026-11-30",
  command: "pnpm bench --write-figures",
  processor: "2 cores of a processor",
  versions: { Node: "24.21.0" },
  costs: [
    { runtime: "Node", title: "a short message", milliseconds: { ours: 0.212, [COMPARED]: 0.53 } },
    { runtime: "Bun", title: "a short message", milliseconds: { [COMPARED]: 12.34 } },
  ],
};

test("says what each client costs on each runtime, beside Anthropic's own, and by which command that was measured", () => {
  const lines = formatCosts(FIGURES).split("\n");

  expect(lines[0]).toContain("`pnpm bench --write-figures`, 2026-11-30, 2 cores of a processor: Node 24.21.0.");
  expect(lines).toContain("| a short message | ours | 0.21 (0.40) | – |");
  expect(lines).toContain(`| a short message | ${COMPARED} | 0.53 | 12 |`);
});

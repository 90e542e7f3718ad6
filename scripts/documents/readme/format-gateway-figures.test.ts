import { expect, test } from "vitest";
import { CONTENDER_TITLES } from "../../../apps/gateway/bench/contenders.ts";
import { RUNTIME_NAMES } from "../../../apps/gateway/bench/runtimes.ts";
import { formatGatewayFigures } from "./format-gateway-figures.ts";

const ORIGIN = { date: "2026-11-30", command: "pnpm bench", processor: "2 cores", versions: { Node: "24.21.0" } };

const OF_RUNTIME = RUNTIME_NAMES.flatMap((runtime) => ["floor", "gateway"].map((kind) => ({ runtime, kind })));

const rank = (kind: string): number => (kind === "floor" ? 1 : 2);

const costsOf = (
  form: number,
): Record<string, { cpuMicroseconds: number; addedMs: number; storeMicroseconds?: number }> =>
  Object.fromEntries(
    CONTENDER_TITLES.map(({ name, peer }, index) => [
      name,
      {
        cpuMicroseconds: 1000 * (index + form),
        addedMs: index / 4,
        ...(peer?.includes("limit") && { storeMicroseconds: 7 }),
      },
    ]),
  );

const FIGURES = {
  costs: { ...ORIGIN, figures: { JSON: costsOf(1), SSE: costsOf(2) } },
  streams: {
    ...ORIGIN,
    figures: OF_RUNTIME.map((of) => ({
      ...of,
      streams: 2000,
      openMs: 1,
      rss: [1, rank(of.kind) * 1e8] as const,
    })),
  },
  slowReaders: {
    ...ORIGIN,
    figures: OF_RUNTIME.map((of) => ({ ...of, readers: 32, each: rank(of.kind) * 1e5, before: 1 })),
  },
};

test("says what each gateway costs, beside its floor and its peer", () => {
  const text = formatGatewayFigures(FIGURES);

  expect(text).toContain("`pnpm bench`, 2026-11-30, 2 cores: Node 24.21.0.\n\n| a request of 10 KB |");
  expect(text).toContain("| floor on Node | 1,000 µs | 2,000 µs | 0.00 ms / 0.00 ms | – / – |");
  expect(text).toContain(
    "| gateway on Node | 2,000 µs (2.00 of floor on Node, 0.15 of claude gateway) | 3,000 µs (1.50 of floor on Node, 0.21 of claude gateway) | 0.25 ms / 0.25 ms | – / – |",
  );
  expect(text).toContain("0.29 of claude gateway, spend limit) | 5,000 µs");
  expect(text).toContain("| 7 µs / 7 µs |");
  expect(text).toContain("| claude gateway | 13,000 µs | 14,000 µs |");
});

test("says what memory each runtime takes", () => {
  expect(formatGatewayFigures(FIGURES)).toContain("| Bun | 2,000 in 200 MB (2.00 of the floor's) | 0.20 MB |");
});

test("has the long run where there was one", () => {
  const figures = RUNTIME_NAMES.map((runtime) => ({
    runtime,
    kind: "command" as const,
    minutes: 10,
    perSecond: 1234,
    requests: 1,
    failures: {},
    rss: [1e8, 2e8] as const,
    rssSlope: 1,
    heaps: [1e7, 2e7, 3e7],
    heapSlope: 1,
  }));
  const soaks = { ...ORIGIN, command: "pnpm bench --minutes 10", figures };

  expect(formatGatewayFigures({ ...FIGURES, soaks })).toContain(
    "| 10 at 1,234 requests/s: 100 MB → 200 MB, 10 MB → 30 MB |",
  );
});

test("writes nothing where nothing was measured, and of a part nothing but that part", () => {
  const { streams } = FIGURES;

  expect(formatGatewayFigures({})).toBe("");
  expect(formatGatewayFigures({ streams })).toContain("| memory | streams at once |\n");
  expect(formatGatewayFigures({ streams })).not.toContain("| a request of 10 KB |");
});

test("refuses figures that lack a server", () => {
  const costs = { ...ORIGIN, figures: { JSON: {}, SSE: {} } };

  expect(() => formatGatewayFigures({ ...FIGURES, costs })).toThrow(
    "Cannot compare: nothing was measured of floor on Node",
  );
  expect(() => formatGatewayFigures({ ...FIGURES, streams: { ...ORIGIN, figures: [] } })).toThrow("the floor on Node");
});

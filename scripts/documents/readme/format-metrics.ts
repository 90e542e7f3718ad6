import { METRICS } from "../../../apps/gateway/src/metrics/metric-table.ts";
import { code, tableHead, tableRow } from "../troubleshooting/markdown.ts";

/** What Prometheus has behind the name of a kind. */
const SUFFIXES: Readonly<Record<string, string>> = { counter: "_total", "observed-counter": "_total" };

/**
 * Writes every metric of the gateway.
 *
 * @returns Markdown: a table.
 */
export function formatMetrics(): string {
  const rows = Object.values(METRICS).map(({ name, kind, unit, meaning, attributes }) =>
    tableRow(
      code(`${name.replaceAll(".", "_")}${SUFFIXES[kind] ?? ""}`),
      kind.replace("observed-", ""),
      code(unit),
      meaning,
      attributes.map((attribute) => code(attribute.replaceAll(".", "_"))).join(", "),
    ),
  );
  return [tableHead("metric", "kind", "unit", "what it says", "labels"), ...rows].join("\n");
}

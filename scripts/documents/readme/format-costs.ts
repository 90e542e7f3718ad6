import type { Figures } from "../../../packages/fetch/bench/figures.ts";
import { COMPARED } from "../../../packages/fetch/bench/peers.ts";
import { code, tableHead, tableRow } from "../troubleshooting/markdown.ts";

/**
 * Writes what the bench of `fetch` measured: processor time in milliseconds, and as a part of that of Anthropic's own client.
 *
 * @param figures What the bench kept; a client that was not measured on a runtime has a dash there.
 * @returns Markdown: where the figures are from, and a table.
 */
export function formatCosts({ date, command, processor, versions, costs }: Figures): string {
  const runtimes = [...new Set(costs.map(({ runtime }) => runtime))];
  const titles = [...new Set(costs.map(({ title }) => title))];
  const rows = titles.flatMap((title) => {
    const measured = costs.filter((cost) => cost.title === title);
    const names = [...new Set(measured.flatMap(({ milliseconds }) => Object.keys(milliseconds)))];
    return names.map((name) => {
      const cells = runtimes.map((runtime) =>
        formatCost(
          measured.find((cost) => cost.runtime === runtime),
          name,
        ),
      );
      return tableRow(title, name, ...cells);
    });
  });
  const releases = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  const origin = `${code(command)}, ${date}, ${processor}: ${releases.join(", ")}. In brackets: of ${code(COMPARED)}.`;
  return [origin, "", tableHead("processor time in ms", "client", ...runtimes), ...rows].join("\n");
}

function formatCost(cost: Figures["costs"][number] | undefined, name: string): string {
  const value = cost?.milliseconds[name];
  if (value === undefined) return "–";
  const text = value.toPrecision(2);
  const compared = cost?.milliseconds[COMPARED];
  return compared === undefined || name === COMPARED ? text : `${text} (${(value / compared).toFixed(2)})`;
}

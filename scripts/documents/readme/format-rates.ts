import type { Figures } from "../../../apps/fake/bench/figures.ts";
import { PEER, RUNTIME_NAMES } from "../../../apps/fake/bench/servers.ts";
import { code, tableHead, tableRow } from "../troubleshooting/markdown.ts";

/** A row of the table: what it is called, and of which server it is, with the bare server that bounds it. */
interface RateRow {
  readonly title: string;
  readonly server: string;
  readonly limit?: string;
}

const PEERS: readonly RateRow[] = [
  { title: "aimock on Node", server: PEER.name },
  { title: "msw on Node", server: "msw http-middleware on Node" },
];

const fakes = (http: "1" | "auto"): readonly RateRow[] =>
  RUNTIME_NAMES.map((runtime) => ({
    title: `the fake on ${runtime}, ${code(`--http ${http}`)}`,
    server: `fake --http ${http} on ${runtime}`,
    ...(http === "1" ? { limit: `limit: bare ${runtime}` } : {}),
  }));

/** Which rows a table has: the peers and the fake as it starts, or in both ways. */
export type RateSelection = "default" | "all";

/**
 * Writes what the fake's bench measured: requests per second, and how many times those of aimock.
 *
 * @param figures What the bench kept.
 * @param selection Which rows.
 * @returns Markdown: where the figures are from, and a table.
 */
export function formatRates({ date, rounds, processor, versions, rates }: Figures, selection: RateSelection): string {
  const servers = [...PEERS, ...fakes("auto"), ...(selection === "all" ? fakes("1") : [])];
  const rows = servers.map(({ title, server, limit }) =>
    tableRow(
      limit === undefined ? title : `${title} (limit)`,
      ...rates.map(({ perSecond }) => {
        const times = (name: string): string =>
          `${(rateOf(perSecond, name) / rateOf(perSecond, PEER.name)).toFixed(1)} x`;
        const rate = `${rateOf(perSecond, server).toLocaleString("en")}, ${times(server)}`;
        return limit === undefined ? rate : `${rate} (${times(limit)})`;
      }),
    ),
  );
  const releases = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  const origin = `\`pnpm bench:fake --rounds ${rounds} --write-figures\`, ${date}, ${processor}: ${releases.join(", ")}.`;
  return [origin, "", tableHead("requests per second", ...rates.map(({ scenario }) => scenario)), ...rows].join("\n");
}

function rateOf(perSecond: Readonly<Record<string, number>>, server: string): number {
  const rate = perSecond[server];
  if (rate === undefined)
    throw new RangeError(`Cannot write the rates: the figures have none of ${server}; measure again`);
  return rate;
}

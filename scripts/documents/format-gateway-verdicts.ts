import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { GATEWAY_CHECKS, type GatewayVerdict } from "../../apps/fake/src/gateway-checks.ts";
import type { GatewayVerdicts } from "../gateways/gateway-set-up.ts";
import { code, tableHead, tableRow } from "./troubleshooting/markdown.ts";

const HEAD = `# How gateways take it

What gateways between clients of Claude and AWS make of what Claude Code's documents demand of one, and of what their users
complain about. \`claude-on-aws gateway check URL\` asks any gateway the same: over sockets alone, with a fake of the service
behind it. \`pnpm gateway-verdicts NAME…\` fetches those below, starts and asks them, and writes the results;
\`pnpm write:documents\` writes this page. A demand says nothing about what else a gateway can do, and some of them it may have
left unmet on purpose: so Anthropic's replaces the words of refusals, in which account numbers may stand.
`;

const SET_UP_HEAD = `## Which gateways, and how they were set up
`;

const CHECK_HEAD = `## What is demanded, and who keeps it

A dash: it does not apply to a gateway to that service, or the gateway has no such route.
`;

const FOUND_HEAD = `## What was found where it is broken
`;

/** The files of results, in the order of the columns. */
export const GATEWAY_VERDICT_FILES: readonly string[] = ["own.json", "apps-gateway.json", "portkey.json"];

const WORDS: Readonly<Record<GatewayVerdict, string>> = { kept: "kept", broken: "**broken**", "not-applicable": "—" };

/** For a check that is younger than the results. */
const NOT_ASKED = "not asked";

/**
 * Writes the page of what gateways keep.
 *
 * @returns Markdown.
 */
export async function formatGatewayVerdicts(root: string): Promise<string> {
  const texts = await Promise.all(
    GATEWAY_VERDICT_FILES.map((file) => readFile(join(root, "fixtures/gateway-verdicts", file), "utf8")),
  );
  const gateways = texts.flatMap((text) => JSON.parse(text) as readonly GatewayVerdicts[]);
  const names = gateways.map(({ title, service }) => `${title} to ${code(service)}`);
  const setUps = gateways.map(({ title, version, service, date, configuration, checks }) => {
    const of = (verdict: GatewayVerdict): number => checks.filter((check) => check.verdict === verdict).length;
    return tableRow(`${title} ${version}`, code(service), of("kept"), of("broken"), date, configuration);
  });
  const checks = GATEWAY_CHECKS.map(({ id, demand, source }) =>
    tableRow(
      `${code(id)}: ${demand} [Source](${source.url})`,
      ...gateways.map((gateway) => {
        const verdict = gateway.checks.find((check) => check.id === id)?.verdict;
        return verdict === undefined ? NOT_ASKED : WORDS[verdict];
      }),
    ),
  );
  const found = gateways.flatMap(({ checks: results }, index) =>
    results
      .filter(({ verdict }) => verdict === "broken")
      .map((result) => tableRow(names[index] ?? "", code(result.id), code(result.found ?? ""))),
  );
  return [
    HEAD,
    SET_UP_HEAD,
    tableHead("gateway", "service", "kept", "broken", "asked on", "set-up"),
    `${setUps.join("\n")}\n`,
    CHECK_HEAD,
    tableHead("demand", ...names),
    `${checks.join("\n")}\n`,
    FOUND_HEAD,
    tableHead("gateway", "demand", "found"),
    `${found.join("\n")}\n`,
  ].join("\n");
}

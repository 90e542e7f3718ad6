import { GEOGRAPHIES } from "@claude-on-aws/bedrock";
import type { Model, ModelProvider, ProfileEvidence } from "@claude-on-aws/models";
import { createPaint } from "../create-paint.ts";
import type { ModelsReport } from "./models-report.ts";

/**
 * Writes a report for people: aliases by provider, ids by spelling, and inference profiles by model and region.
 *
 * @param report The report.
 * @param colour Whether to colour it.
 * @returns Its lines.
 */
export function formatModels(report: ModelsReport, colour: boolean): readonly string[] {
  const paint = createPaint(colour);
  const lines: string[] = [];
  for (const [provider, aliases] of Object.entries(report.aliases)) {
    lines.push(paint("bold", `Aliases on ${provider} (Claude Code ${report.clientVersion}, ${report.region})`));
    lines.push(...table(Object.entries(aliases)), "");
  }
  lines.push(paint("bold", "Models"), ...table(modelRows(report)));
  // Only Amazon Bedrock has them.
  if (!("bedrock" in report.aliases)) return lines;
  lines.push(
    "",
    paint("bold", "Regions of Amazon Bedrock"),
    ...table([
      ["region", "profiles of", "without a profile"],
      ...report.regions.map(({ region, geographies, bareIds }) => [
        region,
        geographies.join(", "),
        bareIds.join(", ") || "-",
      ]),
    ]),
    "",
    paint("bold", "Geographies of inference profiles"),
    ...table([
      ["model", ...GEOGRAPHIES],
      ...report.geographies.map(({ bedrockId, evidence }) => [
        bedrockId,
        ...GEOGRAPHIES.map((geography) => MARKS[evidence[geography] ?? "absent"]),
      ]),
    ]),
    "  yes: documented; one: only a client's list has it; ?: sources disagree or are silent; -: none",
    "",
    paint("bold", `Inference profiles that can be called from ${report.region}`),
    ...table([
      ["profile", "runs in"],
      ...report.profiles.map(({ id, routedRegions }) => [
        id,
        routedRegions.map((name) => name || "every commercial region").join(", "),
      ]),
    ]),
  );
  return lines;
}

/** A column of the table of models: the providers whose it is, and what stands in it. */
interface Column {
  readonly providers: readonly ModelProvider[];
  readonly title: string;
  readonly cell: (model: Model) => string;
}

const COLUMNS: readonly Column[] = [
  {
    providers: ["anthropic", "anthropic-aws", "foundry"],
    title: "Anthropic, Claude Platform on AWS",
    cell: ({ id }) => id,
  },
  { providers: ["bedrock"], title: "Amazon Bedrock, after a geography", cell: ({ bedrockId }) => bedrockId },
  { providers: ["mantle"], title: "Mantle", cell: ({ mantleId }) => mantleId ?? "-" },
  {
    providers: ["anthropic", "anthropic-aws", "foundry", "bedrock", "mantle"],
    title: "1M window",
    cell: ({ needs1mBeta }) => (needs1mBeta ? "by beta" : "always"),
  },
];

/** The models under the names that the providers have for them. */
function modelRows({ aliases, models }: ModelsReport): readonly (readonly string[])[] {
  const columns = COLUMNS.filter(({ providers }) => providers.some((provider) => provider in aliases));
  return [columns.map(({ title }) => title), ...models.map((model) => columns.map(({ cell }) => cell(model)))];
}

const MARKS: Readonly<Record<ProfileEvidence, string>> = {
  documented: "yes",
  client: "one",
  contradicted: "?",
  unknown: "?",
  absent: "-",
};

function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
  return rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")}`.trimEnd());
}

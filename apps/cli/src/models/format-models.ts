import { GEOGRAPHIES } from "@claude-on-aws/bedrock";
import type { ProfileEvidence } from "@claude-on-aws/models";
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
  lines.push(paint("bold", "Models"));
  lines.push(
    ...table([
      ["Anthropic, Claude Platform on AWS", "Amazon Bedrock, after a geography", "Mantle", "1M window"],
      ...report.models.map(({ id, bedrockId, mantleId, needs1mBeta }) => [
        id,
        bedrockId,
        mantleId ?? "-",
        needs1mBeta ? "by beta" : "always",
      ]),
    ]),
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

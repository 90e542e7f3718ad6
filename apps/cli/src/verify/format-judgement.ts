import { createPaint } from "../create-paint.ts";
import { diffLines } from "./diff-lines.ts";
import type { Judgement } from "./judgement.ts";

/**
 * Writes a judgement for people: a line for the verdict, then the mistakes, then what differs.
 *
 * @param id What the request is called.
 * @param judgement The judgement.
 * @param colour Whether to colour it.
 * @returns The lines.
 */
export function formatJudgement(id: string, judgement: Judgement, colour: boolean): readonly string[] {
  const paint = createPaint(colour);
  const warnings = judgement.findings.flatMap(({ level, message }) =>
    level === "warn" ? [`  ${paint("yellow", "warning")}: ${message}`] : [],
  );
  if (judgement.ok) return [`${paint("green", "ok")}      ${id}`, ...warnings];
  const lines = [`${paint("red", "not ok")}  ${id}`, ...warnings];
  for (const { code, message, fix } of judgement.diagnosis) {
    lines.push(`  ${paint("bold", code)}: ${message}`, `    Fix: ${fix}`);
  }
  const { canonical } = judgement;
  if (canonical === undefined) return lines;
  const expected = canonical.expected.split("\n");
  if (canonical.signed === undefined) {
    return [...lines, "  The canonical request should have been:", ...expected.map((line) => `      ${line}`)];
  }
  const signed = canonical.signed.split("\n");
  if (signed.join("\n") === expected.join("\n")) return lines;
  lines.push("  Canonical request: - as it was signed, + as it should have been");
  for (const { kind, line } of diffLines(signed, expected)) {
    const text = `    ${kind} ${line}`;
    lines.push(kind === " " ? text : paint(kind === "-" ? "red" : "green", text));
  }
  return lines;
}

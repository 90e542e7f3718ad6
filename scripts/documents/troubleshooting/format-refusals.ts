import { REFUSAL_EXPLANATIONS } from "../../../apps/cli/src/refusals/refusal-explanations.ts";
import { type FaultName, FAULTS } from "../../../apps/fake/src/terms/faults.ts";
import { CLAUDE_SERVICES } from "../../../packages/endpoints/src/index.ts";
import { placeOf } from "../places-of.ts";
import type { Refusal } from "./ask-refusals.ts";
import { diagnosisHeading } from "./format-diagnoses.ts";
import type { Language } from "./language.ts";
import { code, point, source, tableHead, tableRow } from "./markdown.ts";
import { REFUSAL_SOURCES } from "./refusal-sources.ts";

/**
 * Writes the refusals of the services: an index by status and type, then one entry for each.
 *
 * @param refusals What the services answer.
 * @returns Markdown.
 */
export function formatRefusals(refusals: readonly Refusal[], language: Language): string {
  const { title, intro } = language.refusals;
  const entries = (Object.keys(REFUSAL_EXPLANATIONS) as FaultName[]).map((name) =>
    formatEntry(
      name,
      refusals.filter(({ example }) => example.name === name),
      language,
    ),
  );
  return [`## ${title}`, intro, formatIndex(refusals, language), ...entries].join("\n\n");
}

function formatIndex(refusals: readonly Refusal[], { columns }: Language): string {
  const sorted = refusals.toSorted((a, b) => a.status - b.status || (a.type < b.type ? -1 : a.type > b.type ? 1 : 0));
  const groups = Map.groupBy(sorted, ({ status, type }) => `${status} ${type}`);
  const rows = [...groups.values()].map((group) => {
    const [first] = group;
    const names = new Set(group.map(({ example }) => example.name));
    const links = [...names].map((name) => `[${name}](#${placeOf(name)})`).join(", ");
    return tableRow(first?.status ?? "", code(first?.type ?? ""), links);
  });
  return [tableHead(columns.status, columns.type, columns.entries), ...rows].join("\n");
}

function formatEntry(name: FaultName, refusals: readonly Refusal[], language: Language): string {
  const { columns, labels, notTranslated } = language;
  const explanation = REFUSAL_EXPLANATIONS[name];
  const translated = language.translatedRefusals[name];
  const { cause, fix } = translated ?? explanation;
  const hint = FAULTS[name].fix;
  const isLeftInEnglish = notTranslated !== undefined && translated === undefined;
  const rows = merge(refusals, language).map(({ services, status, type, words, when }) =>
    tableRow(services.join(", "), status, code(type), words, when),
  );
  return [
    `### ${name}`,
    ...(isLeftInEnglish ? [notTranslated] : []),
    [tableHead(columns.service, columns.status, columns.type, columns.words, columns.when), ...rows].join("\n"),
    [
      point(labels.cause, cause),
      point(labels.fix, fix),
      ...(hint === undefined ? [] : [point(labels.hint, hint)]),
      point(labels.source, source(REFUSAL_SOURCES[name])),
    ].join("\n"),
  ].join("\n\n");
}

interface Row {
  readonly services: string[];
  readonly status: number;
  readonly type: string;
  readonly words: string;
  readonly when: string;
}

/** Services that answer alike share a row. */
function merge(refusals: readonly Refusal[], { noWords }: Language): readonly Row[] {
  const rows: Row[] = [];
  for (const { example, provider, status, type, words } of refusals) {
    const shown = example.wordsAreOurs === true ? noWords : code(words);
    const link = example.code === undefined ? "" : ` ([${example.code}](#${placeOf(diagnosisHeading(example.code))}))`;
    const row = { status, type, words: shown, when: `${example.when}${link}` };
    const same = rows.find((each) =>
      (["status", "type", "words", "when"] as const).every((key) => each[key] === row[key]),
    );
    const { title } = CLAUDE_SERVICES[provider];
    if (same === undefined) rows.push({ services: [title], ...row });
    else same.services.push(title);
  }
  return rows;
}

import { DIAGNOSIS_TABLE, type DiagnosisCode } from "../../../packages/auth/src/diagnose/index.ts";
import type { Explanation } from "./explanation.ts";
import type { Language } from "./language.ts";
import { point, source } from "./markdown.ts";
import { explainDiagnosis, KEY_MISTAKES } from "./verify-explanations.ts";

/** The heading of a code, another than that of the same code of `status`. */
export const diagnosisHeading = (code: string): string => `${code} (verify)`;

/**
 * Writes the codes of `verify`: first what can be wrong with a signature, then with a key.
 *
 * @returns Markdown.
 */
export function formatDiagnoses(language: Language): string {
  const { title, intro } = language.diagnoses;
  const signatures = (Object.keys(DIAGNOSIS_TABLE) as DiagnosisCode[]).map((code) =>
    formatEntry(code, explainDiagnosis(code), language),
  );
  const keys = Object.entries(KEY_MISTAKES).map(([code, explanation]) => formatEntry(code, explanation, language));
  return [`## ${title}`, intro, ...signatures, ...keys].join("\n\n");
}

function formatEntry(
  code: string,
  explained: Explanation & { readonly evidence?: string },
  language: Language,
): string {
  const { labels, notTranslated } = language;
  const { evidence } = explained;
  return [
    `### ${diagnosisHeading(code)}`,
    ...(notTranslated === undefined ? [] : [notTranslated]),
    [
      point(labels.cause, explained.cause),
      point(labels.fix, explained.fix),
      ...(evidence === undefined || evidence === "none" ? [] : [point(labels.evidence, evidence)]),
      point(labels.source, source(explained.source)),
    ].join("\n"),
  ].join("\n\n");
}

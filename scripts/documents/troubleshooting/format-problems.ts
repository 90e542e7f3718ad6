import { type AwsProvider, CLAUDE_SERVICES } from "../../../packages/endpoints/src/index.ts";
import { PROBLEM_TEXTS, type ProblemText } from "../../../packages/env/src/problem-texts.ts";
import type { ProblemCode } from "../../../packages/env/src/problem.ts";
import { type RefusedCode, REFUSALS } from "../../../packages/fetch/src/foresee/refusals.ts";
import { REQUEST_PROBLEM_TEXTS, type RequestProblemText } from "../../../packages/fetch/src/problem-texts.ts";
import type { Language } from "./language.ts";
import { code as asCode, point, source } from "./markdown.ts";
import { PROBLEM_SOURCES } from "./problem-explanations.ts";

/** The client sends a request all the same, whatever is wrong with it. */
const asWarning = ([code, message, fix]: RequestProblemText): ProblemText => [code, "warning", message, fix];

const TEXTS: readonly ProblemText[] = [
  ...Object.values(PROBLEM_TEXTS),
  ...Object.values(REQUEST_PROBLEM_TEXTS).map(asWarning),
];

/**
 * Writes the problems of a configuration, one entry for each code.
 *
 * @returns Markdown.
 */
export function formatProblems(language: Language): string {
  const { title, intro } = language.problems;
  const codes = Object.keys(PROBLEM_SOURCES) as ProblemCode[];
  return [`## ${title}`, intro, ...codes.map((each) => formatEntry(each, language))].join("\n\n");
}

function formatEntry(code: ProblemCode, language: Language): string {
  const { labels, notTranslated } = language;
  const translated = language.translatedProblems[code];
  const texts = TEXTS.filter(([each]) => each === code);
  const answers = answersTo(code);
  return [
    `### ${code} (status)`,
    ...(notTranslated !== undefined && translated === undefined ? [notTranslated] : []),
    [
      ...(translated === undefined ? [] : [point(labels.cause, translated.cause), point(labels.fix, translated.fix)]),
      ...texts.map(
        ([, severity, message, fix]) => `${point(labels.says[severity], message)} **${labels.fix}:** ${fix}`,
      ),
      ...(answers.length === 0 ? [] : [point(labels.answer, answers.join("; "))]),
      point(labels.source, source(PROBLEM_SOURCES[code])),
    ].join("\n"),
  ].join("\n\n");
}

/** How the services answer a request that is sent all the same. */
function answersTo(code: ProblemCode): readonly string[] {
  if (!isRefused(code)) return [];
  return Object.entries(REFUSALS[code]).map(
    ([provider, [status, type]]) => `${CLAUDE_SERVICES[provider as AwsProvider].title}: ${status} ${asCode(type)}`,
  );
}

const isRefused = (code: ProblemCode): code is RefusedCode => Object.hasOwn(REFUSALS, code);

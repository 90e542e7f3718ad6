import { andThen } from "./and-then.ts";
import { formatTranslations } from "./format-translations.ts";
import { type Dialect, isRefusal, type PreparedRequest, type Refusal } from "./translation.ts";

/** The header of an answer that says what was changed of its request. */
const TRANSLATIONS_HEADER = "x-claude-on-aws-translations";

/**
 * Lets the answers to changed requests say what was changed.
 *
 * @param dialect The dialect that changes them.
 * @returns The same, with {@link TRANSLATIONS_HEADER} in its answers.
 */
export function reportTranslations(dialect: Dialect): Dialect {
  return {
    ...dialect,
    prepare: (request) => andThen(dialect.prepare(request), reporting),
  };
}

function reporting(prepared: PreparedRequest | Refusal): PreparedRequest | Refusal {
  if (isRefusal(prepared) || prepared.translations.length === 0) return prepared;
  return {
    ...prepared,
    answer: (answer) =>
      andThen(prepared.answer(answer), (answered) => {
        answered.headers.set(TRANSLATIONS_HEADER, formatTranslations(prepared.translations));
        return answered;
      }),
  };
}

import { formatTranslations } from "./format-translations.ts";
import { type Dialect, isRefusal } from "./translation.ts";

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
    async prepare(request) {
      const prepared = await dialect.prepare(request);
      if (isRefusal(prepared) || prepared.translations.length === 0) return prepared;
      const line = formatTranslations(prepared.translations);
      return {
        ...prepared,
        async answer(response) {
          const answered = await prepared.answer(response);
          answered.headers.set(TRANSLATIONS_HEADER, line);
          return answered;
        },
      };
    },
  };
}

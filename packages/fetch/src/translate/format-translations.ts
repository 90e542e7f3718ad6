import type { Translation } from "./translation.ts";

const MAX_LENGTH = 2048;

/**
 * Writes translations for a header: `set body.model "opus" -> "claude-opus-5-5"; drop header.x`.
 *
 * @param translations The translations.
 * @returns A line of ASCII, cut where it is longer than a header should be.
 */
export function formatTranslations(translations: readonly Translation[]): string {
  const line = translations.map(formatTranslation).join("; ");
  return line.length <= MAX_LENGTH ? line : `${line.slice(0, MAX_LENGTH)}...`;
}

function formatTranslation({ action, subject, place, before, after }: Translation): string {
  const target = place ?? (after === null ? null : quote(after));
  return `${action} ${subject}${before === null ? "" : ` ${quote(before)}`}${target === null ? "" : ` -> ${target}`}`;
}

const NOT_ASCII = /[^ -~]/g;

/** JSON, with what is not ASCII escaped as JSON allows. */
function quote(text: string): string {
  const json = JSON.stringify(text);
  // To look for nothing is cheaper than to replace it.
  if (json.search(NOT_ASCII) < 0) return json;
  return json.replace(NOT_ASCII, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

import type { Section } from "./section.ts";

/** The part of an address that a page in Chinese has, and its counterpart in English has not. */
const CHINESE = ".zh.html";

const pageOf = ({ url }: Section): string => url.split("#", 1)[0] ?? "";

/**
 * Chooses what is read in a language: the pages in it, and those in English that it has not.
 *
 * @param language `zh`, or any other for English.
 */
export function inLanguage(sections: readonly Section[], language: string): readonly Section[] {
  const translated = new Set(sections.map(pageOf).filter((page) => page.endsWith(CHINESE)));
  if (language !== "zh") return sections.filter((section) => !translated.has(pageOf(section)));
  return sections.filter((section) => !translated.has(pageOf(section).replace(/\.html$/, CHINESE)));
}

import type { Section } from "./section.ts";

/** Words of letters and digits; of Chinese, each character alone. */
const TOKEN = /\p{Script=Han}|[\p{Letter}\p{Number}]+/gu;

/** Longest query that is looked at, in characters: more than any error says. */
const MAX_QUERY_CHARACTERS = 20_000;

/** How much the text around a phrase counts beside it. */
const TEXT_WEIGHT = 0.3;

/** How much a heading counts beside a phrase below one: it says what a section is about, a phrase may be mentioned. */
const HEADING_WEIGHT = 1.2;

/** What a heading says besides its name, such as `(status)`. */
const ADDITION = /\s*\([^()]*\)$/;

interface IndexedSection {
  readonly section: Section;
  /** The heading without its addition. */
  readonly name: string;
  /** The heading, and its name alone. */
  readonly headings: readonly ReadonlySet<string>[];
  readonly phrases: readonly ReadonlySet<string>[];
  readonly all: ReadonlySet<string>;
}

/**
 * Makes a search over sections. It is asked with what somebody has in hand, such as a whole error with names and IDs
 * that stand nowhere: words that no section has do not count, and rare ones count more.
 *
 * @param sections What is searched.
 * @returns A function that lists the sections that fit a query, the best first; none where no word is known.
 */
export function createSearch(sections: readonly Section[]): (query: string, limit?: number) => readonly Section[] {
  const indexed = sections.map((section): IndexedSection => ({
    section,
    name: section.heading.replace(ADDITION, ""),
    headings: [section.heading, section.heading.replace(ADDITION, "")].map(tokensOf),
    phrases: section.phrases.map(tokensOf),
    all: tokensOf([section.heading, ...section.phrases, section.text].join(" ")),
  }));
  const counts = new Map<string, number>();
  for (const { all } of indexed) for (const token of all) counts.set(token, (counts.get(token) ?? 0) + 1);
  const weights = new Map([...counts].map(([token, count]) => [token, Math.log(1 + indexed.length / count)]));
  const sum = (tokens: Iterable<string>): number => {
    let total = 0;
    for (const token of tokens) total += weights.get(token) ?? 0;
    return total;
  };
  // What a phrase weighs is the same for each query.
  const said = new Map(
    indexed.flatMap(({ headings, phrases }) => [...headings, ...phrases]).map((tokens) => [tokens, sum(tokens)]),
  );
  const overlap = (asked: ReadonlySet<string>, askedWeight: number, tokens: ReadonlySet<string>): number => {
    const shared = sum([...asked].filter((token) => tokens.has(token)));
    return shared === 0 ? 0 : shared ** 2 / (askedWeight * (said.get(tokens) ?? Infinity));
  };
  return (query, limit = 8) => {
    const asked = new Set([...tokensOf(query.slice(0, MAX_QUERY_CHARACTERS))].filter((token) => counts.has(token)));
    const askedWeight = sum(asked);
    return (
      indexed
        .map(({ section, name, headings, phrases, all }) => {
          const heading = HEADING_WEIGHT * Math.max(...headings.map((tokens) => overlap(asked, askedWeight, tokens)));
          const phrase = Math.max(heading, ...phrases.map((tokens) => overlap(asked, askedWeight, tokens)));
          const text = sum([...asked].filter((token) => all.has(token))) / askedWeight;
          return { section, score: phrase + TEXT_WEIGHT * text, isVerbatim: query.includes(name) };
        })
        .filter(({ score }) => score > 0)
        // Of those that fit alike, the one that is named as it is written: KEY_MALFORMED, not key-malformed.
        .toSorted((a, b) => b.score - a.score || Number(b.isVerbatim) - Number(a.isVerbatim))
        .slice(0, limit)
        .map(({ section }) => section)
    );
  };
}

const tokensOf = (text: string): ReadonlySet<string> => new Set(text.toLowerCase().match(TOKEN));

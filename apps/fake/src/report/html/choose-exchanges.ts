import type { JournalEntry } from "../../judge/journal-entry.ts";
import type { Outcome } from "../outcomes.ts";
import { type DetailContext, exchangeDetail } from "./exchange-detail.ts";
import { exchangeLine, type ListedExchange } from "./exchange-item.ts";
import { exchangeOutcome } from "./exchange-outcome.ts";
import type { Markup } from "../../text/markup.ts";

/** How much of the exchanges a page shows. */
export interface ChoiceLimits {
  readonly maxExchanges: number;
  readonly maxDetailed: number;
  /** For the lines and details together. */
  readonly maxBytes: number;
  readonly maxTextLength: number;
}

const RANKS: Readonly<Record<Outcome, number>> = { fail: 0, warn: 1, pass: 2 };

/** What a line and a detail have around them. */
const FRAME_BYTES = 400;

/**
 * Chooses which exchanges are listed, and which of them in full: failures
 * before warnings before the others, and first of all those that the summary
 * points at.
 *
 * @param pointedAt IDs of exchanges that the summary has a link to.
 * @param rules What a rule demands, by its name.
 * @returns In the order of time.
 */
export function chooseExchanges(
  entries: readonly JournalEntry[],
  pointedAt: ReadonlySet<string>,
  rules: DetailContext["rules"],
  { maxExchanges, maxDetailed, maxBytes, maxTextLength }: ChoiceLimits,
): readonly ListedExchange[] {
  const rank = (entry: JournalEntry): number => RANKS[exchangeOutcome(entry)] * 2 + (pointedAt.has(entry.id) ? 0 : 1);
  const ordered = entries
    .map((entry, index) => ({ entry, place: index + 1, rank: rank(entry) }))
    .toSorted((one, other) => one.rank - other.rank);
  let left = maxBytes;
  const lines = takeWhile(ordered.slice(0, maxExchanges), ({ entry, place }) => {
    const line = exchangeLine(entry);
    left -= byteLength(line) + FRAME_BYTES;
    return left < 0 ? undefined : { entry, place, line };
  });
  const places = new Map(lines.map(({ entry, place }) => [entry.id, place]));
  const detailed = takeWhile(lines.slice(0, maxDetailed), ({ entry, place }) => {
    const detail = exchangeDetail(entry, { rules, places, maxTextLength });
    left -= byteLength(detail) + FRAME_BYTES;
    return left < 0 ? undefined : ([place, detail] as const);
  });
  return connect(lines, new Map(detailed));
}

/**
 * Makes something of each item, up to the first of which nothing is made.
 *
 * @returns What was made.
 */
export function takeWhile<Item, Made>(items: readonly Item[], make: (item: Item) => Made | undefined): Made[] {
  const made: Made[] = [];
  for (const item of items) {
    const one = make(item);
    if (one === undefined) break;
    made.push(one);
  }
  return made;
}

/** Puts exchanges into the order of time, and gives each failure its neighbours. */
function connect(
  lines: readonly Pick<ListedExchange, "entry" | "place" | "line">[],
  details: ReadonlyMap<number, Markup>,
): readonly ListedExchange[] {
  const listed = lines.toSorted((one, other) => one.place - other.place);
  const failures = listed
    .filter(({ entry, place }) => details.has(place) && exchangeOutcome(entry) === "fail")
    .map(({ place }) => place);
  const indexes = new Map(failures.map((place, index) => [place, index]));
  return listed.map((exchange) => {
    const index = indexes.get(exchange.place);
    const neighbours =
      index === undefined
        ? undefined
        : { at: index + 1, of: failures.length, previous: failures[index - 1], next: failures[index + 1] };
    return { ...exchange, detail: details.get(exchange.place), neighbours };
  });
}

const ENCODER = new TextEncoder();

/**
 * Measures a piece of HTML.
 *
 * @returns Its length in UTF-8.
 */
export const byteLength = ({ text }: Markup): number => ENCODER.encode(text).length;

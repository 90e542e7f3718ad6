import type { ScenarioRow } from "../../settings/scenario/scenario-row.ts";
import { conditionOf } from "./compile-row.ts";
import { type ConditionName, CONDITIONS } from "./conditions.ts";
import { gramsOf, NeedleIndex } from "./needle-index.ts";
import type { RequestFacts } from "./request-facts.ts";

/** One way to look a row up: by what, and under which values. A text is looked up under each gram of it, of which one is enough. */
type Way =
  | { readonly by: ConditionName | "state"; readonly keys: readonly string[] }
  | { readonly by: "text"; readonly grams: readonly number[] };

const KEYED = (Object.keys(CONDITIONS) as ConditionName[]).filter((name) => conditionOf(name).keys !== undefined);

/**
 * Finds the rows that may fit a request without asking each. A row is put where the fewest others are; one that names no value,
 * such as a row with a pattern, is asked each time.
 */
export class RowIndex {
  readonly #walked: number[] = [];
  readonly #keyed = new Map<ConditionName | "state", Map<string, number[]>>();
  readonly #needles: NeedleIndex | undefined;

  constructor(rows: readonly ScenarioRow[]) {
    const ways = rows.map(waysOf);
    const counts = countAll(ways.flat());
    const needles: [gram: number, row: number][] = [];
    for (const [row, found] of ways.entries()) {
      const best = found
        .map((way) => cheapest(way, counts))
        .reduce<Priced | undefined>(
          (least, way) => (least === undefined || way.count < least.count ? way : least),
          undefined,
        );
      if (best === undefined) this.#walked.push(row);
      else if (best.gram !== undefined) needles.push([best.gram, row]);
      else for (const key of best.keys) this.#put(best.by, key, row);
    }
    this.#needles = needles.length === 0 ? undefined : new NeedleIndex(needles);
  }

  #put(by: ConditionName | "state", key: string, row: number): void {
    const keyed = this.#keyed.get(by) ?? new Map<string, number[]>();
    this.#keyed.set(by, keyed);
    const rows = keyed.get(key);
    if (rows === undefined) keyed.set(key, [row]);
    else rows.push(row);
  }

  /**
   * Finds the rows that may fit.
   *
   * @param facts The request.
   * @param state The state in which it comes.
   * @returns Numbers of rows, in order; every row that fits is among them.
   */
  candidates(facts: RequestFacts, state: string): Iterable<number> {
    const lists: (readonly number[])[] = [];
    for (const [by, keyed] of this.#keyed) {
      const keys = by === "state" ? [state] : (conditionOf(by).keysOf?.(facts) ?? []);
      for (const key of new Set(keys)) {
        const rows = keyed.get(key);
        if (rows !== undefined) lists.push(rows);
      }
    }
    const held = this.#needles?.find(facts.request.text);
    if (held !== undefined && held.length > 0) lists.push(held);
    if (lists.length === 0) return this.#walked;
    if (this.#walked.length > 0) lists.push(this.#walked);
    // A row that names several values may stand in several lists.
    return Int32Array.from(new Set(lists.flat())).toSorted();
  }
}

/** Every way in which a row can be looked up. */
function waysOf({ when = {}, state }: ScenarioRow): Way[] {
  const ways: Way[] = KEYED.flatMap((by): Way[] => {
    const wanted = when[by];
    const keys = wanted === undefined ? undefined : conditionOf(by).keys?.(wanted);
    return keys === undefined ? [] : [{ by, keys }];
  });
  if (state?.was !== undefined) ways.push({ by: "state", keys: [state.was] });
  const grams = typeof when.text === "string" ? [...gramsOf(when.text)] : [];
  if (grams.length > 0) ways.push({ by: "text", grams });
  return ways;
}

type Counts = ReadonlyMap<string, number>;

const valuesOf = (way: Way): string[] =>
  ("grams" in way ? way.grams : way.keys).map((value: string | number) => `${way.by} ${value}`);

/** How many rows can be looked up under each value. */
function countAll(ways: readonly Way[]): Counts {
  const counts = new Map<string, number>();
  for (const value of ways.flatMap(valuesOf)) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

interface Priced {
  readonly by: ConditionName | "state";
  readonly keys: readonly string[];
  readonly gram?: number | undefined;
  /** How many rows stand there at most. */
  readonly count: number;
}

function cheapest(way: Way, counts: Counts): Priced {
  const numbers = valuesOf(way).map((value) => counts.get(value) ?? 0);
  if (!("grams" in way)) return { ...way, count: Math.max(...numbers) };
  const count = numbers.reduce((least, number) => Math.min(least, number), Number.POSITIVE_INFINITY);
  return { by: way.by, keys: [], gram: way.grams[numbers.indexOf(count)], count };
}

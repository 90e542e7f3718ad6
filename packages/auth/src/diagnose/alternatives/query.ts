import { canonicalQuery } from "../../sigv4/canonical-query.ts";
import type { DiagnosisCode } from "../codes.ts";
import { once } from "../once.ts";
import type { Alternative } from "../parts.ts";

const MAX_DROPPED_SINGLY = 12;

/** How each parameter is written, given its normal form and the wire's. */
const SPELLINGS: readonly (readonly [code: DiagnosisCode | undefined, write: (wire: string) => string])[] = [
  [undefined, (wire) => canonicalQuery(wire)],
  ["QUERY_PLUS_FOR_SPACE", (wire) => canonicalQuery(wire.replaceAll("+", "%20"))],
  ["QUERY_PLUS_FOR_SPACE", (wire) => canonicalQuery(wire).replaceAll("%2B", "+").replaceAll("%20", "+")],
  ["QUERY_PLUS_FOR_SPACE", (wire) => canonicalQuery(wire).replaceAll("%20", "+")],
  ["QUERY_PLUS_FOR_SPACE", (wire) => canonicalQuery(wire.replaceAll("+", "%00")).replaceAll("%00", "+")],
  ["QUERY_PLUS_FOR_SPACE", (wire) => canonicalQuery(wire).replaceAll("%20", "%2B")],
];

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const nameOf = (parameter: string): string => parameter.slice(0, parameter.indexOf("="));

/** Sorts parameters by what is made of each, once. */
const sortBy = (list: readonly string[], keysOf: (parameter: string) => readonly string[]): readonly string[] =>
  list
    .map((parameter) => ({ parameter, keys: keysOf(parameter) }))
    .toSorted(({ keys: a }, { keys: b }) => compare(a[0] ?? "", b[0] ?? "") || compare(a[1] ?? "", b[1] ?? ""))
    .map(({ parameter }) => parameter);

/** How parameters are ordered. */
const ORDERS: readonly (readonly [
  code: DiagnosisCode | undefined,
  order: (list: readonly string[]) => readonly string[],
  cost: number,
])[] = [
  [undefined, (list) => sortBy(list, (parameter) => [nameOf(parameter), parameter]), 0],
  ["QUERY_NOT_SORTED", (list) => list, 1],
  ["QUERY_NOT_SORTED", (list) => sortBy(list, (parameter) => [nameOf(parameter)]), 2],
  ["QUERY_NOT_SORTED", (list) => list.toSorted(compare), 2],
  ["QUERY_NOT_SORTED", (list) => sortBy(list, (parameter) => [parameter.toLowerCase()]), 2],
];

/**
 * Every spelling, order and part of the query but the right one.
 *
 * @param query The query as received.
 * @returns What may have been signed instead, with the mistake that it would be.
 */
export function queryAlternatives(query: string): readonly Alternative[] {
  if (query === "") return [];
  const wire = query.split("&").filter((parameter) => parameter !== "");
  const found: Alternative[] = [
    {
      slot: "query",
      change: { query: "" },
      mistakes: [{ code: "QUERY_DROPPED", signed: "", received: query }],
      cost: 1,
    },
  ];
  // In no part or order of them a parameter is written otherwise.
  const spelled = SPELLINGS.map(([code, spell]) => [code, once(() => wire.map(spell))] as const);
  for (const [index, keep] of parts(wire.length).entries()) {
    for (const [spellingCode, parameters] of spelled) {
      for (const [orderCode, order, orderCost] of ORDERS) {
        // Of a long query few are tried: each is written when it is its turn.
        const write = once(() => order(keep(parameters())).join("&"));
        const codes = [index === 0 ? undefined : "QUERY_DROPPED", spellingCode, orderCode] as const;
        const mistakes = codes
          .filter((code) => code !== undefined)
          .map((code) => ({
            code,
            get signed(): string {
              return write();
            },
            received: query,
          }));
        if (mistakes.length > 2) continue;
        const cost = (index === 0 ? 0 : 1) + (spellingCode === undefined ? 0 : 1) + orderCost;
        const change = {
          get query(): string {
            return write();
          },
        };
        found.push({ slot: "query", change, mistakes, cost });
      }
    }
  }
  const normal = wire.map((parameter) => canonicalQuery(parameter));
  if (normal.join("&") !== canonicalQuery(query)) {
    // As curl 7.88.1 signs it: byte for byte.
    const mistakes = [{ code: "QUERY_NOT_SORTED", signed: query, received: query }] as const;
    found.push({ slot: "query", change: { query }, mistakes, cost: 1 });
  }
  return found;
}

/** Takes parts of so many parameters: all of them; then all but one; then the first so many, and the last so many. */
function parts(count: number): readonly ((all: readonly string[]) => readonly string[])[] {
  const some = Array.from({ length: Math.min(count, MAX_DROPPED_SINGLY) }, (_, index) => index);
  const isPart = (length: number): boolean => length > 0 && length < count - 1;
  return [
    (all) => all,
    ...(count < 2 ? [] : some.map((index) => (all: readonly string[]) => all.toSpliced(index, 1))),
    ...some.flatMap((index) => [
      ...(isPart(index) ? [(all: readonly string[]) => all.slice(0, index)] : []),
      ...(isPart(count - index) ? [(all: readonly string[]) => all.slice(index)] : []),
    ]),
  ];
}

import { type Fault, fault } from "../terms/faults.ts";

const DEFAULT_LIMIT = 20;
const MAX_LIMIT = 1000;

/** A page of a list of Anthropic's, whose cursors are IDs. */
export interface Page {
  readonly data: readonly object[];
  readonly has_more: boolean;
  readonly first_id: string | null;
  readonly last_id: string | null;
}

/**
 * Reads how many items a page holds, from `limit`.
 *
 * @returns 20 where it is left out; a fault where it is no whole number from 1 to 1000.
 */
function limitOf(query: URLSearchParams): number | Fault {
  const limit = Number(query.get("limit") ?? DEFAULT_LIMIT);
  return Number.isInteger(limit) && limit >= 1 && limit <= MAX_LIMIT
    ? limit
    : fault("body-invalid", `limit: Input should be a whole number from 1 to ${MAX_LIMIT}`);
}

/**
 * Cuts a page out of a list: `after_id` asks for the one that begins after an item, `before_id` for the one that ends
 * before it.
 *
 * @param all The whole list, in the order in which it is shown.
 * @param write Describes an item.
 * @param afterName Name of the parameter that asks for the page after an item.
 * @returns The page, or what is wrong with the query.
 */
export function pageOf<Item extends { readonly id: string }>(
  all: readonly Item[],
  query: URLSearchParams,
  write: (item: Item) => object,
  afterName: "after_id" | "page" = "after_id",
): Page | Fault {
  const limit = limitOf(query);
  if (typeof limit !== "number") return limit;
  const [after, before] = [query.get(afterName), query.get("before_id")];
  if (after !== null && before !== null) {
    return fault("body-invalid", `${afterName} and before_id: Only one of the two can be given`);
  }
  const cursor = after ?? before;
  const at = cursor === null ? -1 : all.findIndex(({ id }) => id === cursor);
  if (cursor !== null && at < 0) {
    return fault("body-invalid", `${after === null ? "before_id" : afterName}: Input should be an ID of the list`);
  }
  const start = before === null ? at + 1 : Math.max(0, at - limit);
  const end = before === null ? start + limit : at;
  const page = all.slice(start, end);
  return {
    data: page.map(write),
    has_more: before === null ? end < all.length : start > 0,
    first_id: page[0]?.id ?? null,
    last_id: page.at(-1)?.id ?? null,
  };
}

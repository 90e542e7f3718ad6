import type { JournalEntry } from "./journal-entry.ts";
import type { JournalSnapshot } from "./journal.ts";

/** Why a selection cannot be made. */
interface Unreadable {
  readonly error: string;
}

const hasFailed = ({ findings }: JournalEntry): boolean => findings.some(({ level }) => level === "fail");

/**
 * Picks exchanges of a journal: `client=` by the beginning of the client's
 * name, `failed=true` those that broke a rule of level `fail`, `limit=` the
 * last so many of what is left.
 *
 * @returns The journal with these exchanges alone, or why the selection cannot be made.
 */
export function selectExchanges(snapshot: JournalSnapshot, query: URLSearchParams): JournalSnapshot | Unreadable {
  const failed = query.get("failed");
  if (failed !== null && failed !== "true" && failed !== "false") {
    return { error: "Cannot read the journal: expected failed to be true or false" };
  }
  const limit = query.get("limit");
  if (limit !== null && !/^\d{1,9}$/.test(limit)) {
    return { error: "Cannot read the journal: expected limit to be a whole number" };
  }
  const client = query.get("client");
  const wanted = snapshot.exchanges.filter(
    (entry) =>
      (client === null || entry.client.startsWith(client)) &&
      (failed === null || hasFailed(entry) === (failed === "true")),
  );
  const first = limit === null ? 0 : Math.max(0, wanted.length - Number(limit));
  return { ...snapshot, exchanges: wanted.slice(first) };
}

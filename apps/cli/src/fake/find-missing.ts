import { printable, type Report } from "@claude-on-aws/fake/server";

/** What a run is asked to show. */
export interface Expectations {
  /** Whether it is no failure that nothing was seen. */
  readonly allowEmpty: boolean;
  /** Beginnings of the names of clients that have to be answered. */
  readonly expected: readonly string[];
  /** Whether the command was sent through the proxy. */
  readonly isProxy: boolean;
}

/** What may be wrong where nothing came through the proxy. */
const PASSED_BY = `Nothing came through the proxy. A client that follows no HTTPS_PROXY goes past it, to the real hosts: AWS's
SDK for JavaScript is one on Node and Bun. Give it an agent that does, or run it without --proxy.`;

/** How many clients are named. */
const MAX_NAMED = 10;

const NOTHING_SEEN =
  "Cannot pass a run in which nothing was seen: expected at least one request to the fake; see that the client takes its " +
  "base URL from the environment, or pass --allow-empty where none has to be sent.";

/**
 * Finds what a run should have shown and did not: any exchange at all, and an answer to each client that is expected.
 *
 * @param report What the fake saw.
 * @returns Sentences; empty where nothing is missing.
 */
export function findMissing(report: Report, { allowEmpty, expected, isProxy }: Expectations): readonly string[] {
  const isEmpty = report.exchanges === 0;
  return [
    ...(isEmpty && isProxy && !wasReached(report) ? [PASSED_BY] : []),
    ...(isEmpty && !allowEmpty ? [NOTHING_SEEN] : []),
    ...expected.flatMap((name) => (isAnswered(report, name) ? [] : [missingClient(report, name)])),
  ];
}

/** Whether any client found the proxy, for whatever it wanted there. */
const wasReached = ({ refusedHosts, silentHosts }: Report): boolean =>
  refusedHosts !== undefined || silentHosts !== undefined;

const isAnswered = ({ clients }: Report, name: string): boolean =>
  clients.some(({ client, answeredInferences }) => client.startsWith(name) && answeredInferences > 0);

function missingClient({ clients, dropped }: Report, name: string): string {
  const seen = clients.map(({ client }) => printable(client));
  const more = seen.length > MAX_NAMED ? ` and ${seen.length - MAX_NAMED} more` : "";
  const found = clients.some(({ client }) => client.startsWith(name))
    ? "it was seen, but asked no model, or was refused each time"
    : seen.length === 0
      ? "no client was seen"
      : `seen were ${seen.slice(0, MAX_NAMED).join(", ")}${more}`;
  const lost = dropped === 0 ? "" : `; of ${dropped} exchanges nobody knows any more, see --max-exchanges`;
  return `Cannot pass without "${name}" (--expect), a client that asks a model and is answered: ${found}${lost}.`;
}

import { type Header, isPassedHeader } from "@claude-on-aws/fetch";
import type { RequestHead } from "@claude-on-aws/listen";

/** Headers of the way to the gateway. They end here, beside those that `fetch` passes to no service. */
const OF_THE_WAY: ReadonlySet<string> = /* @__PURE__ */ new Set(["forwarded", "via", "x-amzn-trace-id", "x-real-ip"]);

/** Families of them. A header of AWS's signature that the client wrote would be signed as if it were the gateway's. */
const FAMILIES_ENDING_HERE = [":", "x-amz-", "x-amzn-oidc-", "x-claude-on-aws-", "x-forwarded-"];

/**
 * Picks the headers that go on to a service.
 *
 * @param head The request, as received.
 * @param withheld Names in lower case that end here too, such as that of a front end.
 * @returns The headers, names in lower case.
 */
export function requestHeaders({ headers }: RequestHead, withheld: ReadonlySet<string>): readonly Header[] {
  const passed: Header[] = [];
  let nominated: string[] | undefined;
  for (const header of headers) {
    const name = header[0].toLowerCase();
    if (name === "connection") (nominated ??= []).push(...header[1].toLowerCase().split(","));
    if (endsHere(name) || withheld.has(name)) continue;
    passed.push([name, header[1]]);
  }
  if (nominated === undefined) return passed;
  // What the connection names belongs to it.
  const ofConnection = new Set(nominated.map((name) => name.trim()));
  return passed.filter(([name]) => !ofConnection.has(name));
}

/** So many names are remembered: clients write the same few again and again. */
const MAX_REMEMBERED = 1_024;
const known = new Map<string, boolean>();

function endsHere(name: string): boolean {
  const before = known.get(name);
  if (before !== undefined) return before;
  const ends =
    !isPassedHeader(name) || OF_THE_WAY.has(name) || FAMILIES_ENDING_HERE.some((family) => name.startsWith(family));
  if (known.size < MAX_REMEMBERED) known.set(name, ends);
  return ends;
}

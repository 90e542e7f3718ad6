import { Random, soakLength } from "@claude-on-aws/fixtures";
import process from "node:process";
import { describe, expect, test } from "vitest";
import { verifyRequest, type WireRequest } from "../src/sigv4/index.ts";
import { carryOut, drawPlan } from "./diagnose/plan.ts";

/** Signed requests. */
const RUNS = soakLength(1000, 15);

/** One byte of one place, changed. */
interface Change {
  readonly place: "path" | "query" | "header name" | "header value" | "body";
  readonly before: string;
  readonly after: string;
  readonly request: WireRequest;
}

const VISIBLE = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index)).filter(
  (character) => !"#?".includes(character),
);

/**
 * A text with one character changed, at each position: at random, and in its case.
 *
 * @yields {string} Each changed text.
 */
function* changesOf(text: string, random: Random, characters: readonly string[]): Generator<string> {
  for (let at = 0; at < text.length; at++) {
    const own = text[at] ?? "";
    const other = own === own.toLowerCase() ? own.toUpperCase() : own.toLowerCase();
    for (const character of new Set([random.pick(characters), other])) {
      if (character !== own) yield `${text.slice(0, at)}${character}${text.slice(at + 1)}`;
    }
  }
}

function* allChanges(request: WireRequest, signed: ReadonlySet<string>, random: Random): Generator<Change> {
  const [path = "", query] = request.target.split("?");
  for (const after of changesOf(path.slice(1), random, VISIBLE)) {
    const target = `/${after}${query === undefined ? "" : `?${query}`}`;
    yield { place: "path", before: path, after: `/${after}`, request: { ...request, target } };
  }
  for (const after of changesOf(query ?? "", random, VISIBLE)) {
    yield { place: "query", before: query ?? "", after, request: { ...request, target: `${path}?${after}` } };
  }
  for (const [index, [name, value]] of request.headers.entries()) {
    if (!signed.has(name.toLowerCase())) continue;
    const replaced = (header: readonly [string, string]): WireRequest => ({
      ...request,
      headers: request.headers.with(index, header),
    });
    for (const after of changesOf(name, random, [..."abcxyz"])) {
      yield { place: "header name", before: name, after, request: replaced([after, value]) };
    }
    for (const after of changesOf(value, random, [...VISIBLE, " ", "\t"])) {
      yield { place: "header value", before: value, after, request: replaced([name, after]) };
    }
  }
  for (let at = 0; at < request.body.length; at += 1 + random.below(Math.ceil(request.body.length / 20))) {
    const body = request.body.slice();
    body[at] = ((body[at] ?? 0) + 1 + random.below(255)) & 0xff;
    yield { place: "body", before: "", after: "x", request: { ...request, body } };
  }
}

/** The rule of each place, written down once more: what a change leaves as it was. */
const CANONICAL: Readonly<Record<Change["place"], (text: string) => string>> = {
  path: (text) =>
    new URL(`http://h${text.replaceAll("\\", "%5c").replaceAll(/%2e/gi, "%252e")}`).pathname.replaceAll(/\/+/g, "/"),
  query: (text) =>
    text
      .split("&")
      .filter((pair) => pair !== "")
      .map((pair) => (pair.includes("=") ? pair : `${pair}=`))
      .map((pair) => pair.split(/=(.*)/s, 2).map(decoded).join("="))
      .toSorted()
      .join("&"),
  "header name": (text) => text.toLowerCase(),
  "header value": (text) =>
    text
      .replaceAll("\t", " ")
      .split(" ")
      .filter((word) => word !== "")
      .join(" "),
  body: (text) => text,
};

function decoded(text: string): string {
  try {
    return encodeURIComponent(decodeURIComponent(text));
  } catch {
    return `malformed ${text}`;
  }
}

/** What a harmless change is called. */
function kindOf({ place, before, after }: Change): string {
  if (place === "header name") return "the case of a header's name";
  if (place === "header value") return "the space in a header's value";
  if (place === "path") return "an empty or dot segment of the path";
  return before.toLowerCase() === after.toLowerCase() ? "the case of an escape in the query" : "the form of the query";
}

describe("verifyRequest() under tampering", () => {
  test(`refuses every changed byte that matters, in ${RUNS} requests`, async () => {
    const counts = { refused: 0, accepted: 0 };
    const kinds = new Set<string>();
    for (let seed = 1; seed <= RUNS; seed++) {
      const random = new Random(seed);
      const plan = drawPlan(random);
      const { request, options } = carryOut(plan);
      expect(await verifyRequest(request, options)).toMatchObject({ ok: true });
      const signed = new Set([...plan.signedNames, "x-amz-security-token"]);
      for (const change of allChanges(request, signed, random)) {
        const canonical = CANONICAL[change.place];
        const matters = canonical(change.before) !== canonical(change.after);
        const { ok } = await verifyRequest(change.request, options);
        if (ok === matters) expect.fail(`${change.place}: "${change.before}" to "${change.after}" gave ok: ${ok}`);
        if (!ok) counts.refused++;
        else {
          counts.accepted++;
          kinds.add(kindOf(change));
        }
      }
    }
    if (process.env["TAMPERING_REPORT"] !== undefined) console.log(counts, [...kinds]);
    expect(counts.refused).toBeGreaterThan(RUNS * 100);
    for (const kind of ["the case of a header's name", "the case of an escape in the query"])
      expect(kinds).toContain(kind);
  }, 600_000);

  test("accepts a change of what is not signed", async () => {
    const { request, options } = carryOut(drawPlan(new Random(1)));
    const headers = request.headers.map(([name, value]) => [name, name === "user-agent" ? "another" : value] as const);

    expect(await verifyRequest({ ...request, headers: [...headers, ["x-added", "1"]] }, options)).toMatchObject({
      ok: true,
    });
  });
});

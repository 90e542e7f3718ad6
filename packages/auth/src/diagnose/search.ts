import { andThen } from "../sigv4/and-then.ts";
import { formatCredentialScope } from "../sigv4/credential-scope.ts";
import { digest, type ScopeSigner } from "../sigv4/digest.ts";
import { deriveKey } from "../sigv4/signing-key.ts";
import type { DiagnosisCode } from "./codes.ts";
import type { Alternative, FoundMistake, Parts } from "./parts.ts";

/** Why a search ended before everything was tried. */
export type SearchLimit = "candidates" | "bytes";

/**
 * How many bytes may be written down for each candidate, on average: canonical requests, and what is changed in them. Those of
 * Claude's clients with a session token have half as many.
 */
const BYTES_PER_CANDIDATE = 4_096;

/**
 * Tries candidates until one has the wanted signature, or the limit is reached. What a candidate costs grows with the request:
 * of a large one fewer are tried.
 */
export class SignatureSearch {
  readonly #amzDate: string;
  readonly #wanted: string;
  readonly #limit: number;
  readonly #signers = new Map<string, ScopeSigner>();
  readonly #tried = new Set<string>();
  /** Mistakes of which some form was not tried. */
  readonly leftOut: Set<DiagnosisCode> = new Set();
  #last: { readonly canonical: string; readonly hash: string } | undefined;
  #count = 0;
  #bytes = 0;

  constructor(amzDate: string, wanted: string, limit: number) {
    this.#amzDate = amzDate;
    this.#wanted = wanted;
    this.#limit = limit;
  }

  /** How many signatures were computed. */
  get count(): number {
    return this.#count;
  }

  /** What ended the search; `undefined` as long as it may go on. */
  get endedBy(): SearchLimit | undefined {
    if (this.#count >= this.#limit) return "candidates";
    return this.#bytes > this.#limit * BYTES_PER_CANDIDATE ? "bytes" : undefined;
  }

  get isExhausted(): boolean {
    return this.endedBy !== undefined;
  }

  /** Notes that a text of so many bytes was made. */
  spend(bytes: number): void {
    this.#bytes += bytes;
  }

  /** Whether the signature of these parts is the wanted one; `false` for what was tried before. */
  async matches(parts: Parts): Promise<boolean> {
    if (this.isExhausted) return false;
    const canonical = formatParts(parts);
    // Of what was tried before, too: it had to be written down to know.
    this.spend(canonical.length);
    const scopeText = formatCredentialScope(parts.textScope);
    const signer = `${parts.secret}\n${formatCredentialScope(parts.keyScope)}\n${scopeText}`;
    if (this.#last?.canonical !== canonical) this.#last = { canonical, hash: await digest.sha256Hex(canonical) };
    const { hash } = this.#last;
    // By the hash, not to keep thousands of canonical requests.
    const candidate = `${signer}\n${hash}`;
    if (this.#tried.has(candidate)) return false;
    this.#tried.add(candidate);
    this.#count++;
    let sign = this.#signers.get(signer);
    if (sign === undefined) {
      sign = await andThen(deriveKey(parts.secret, parts.keyScope), (key) => digest.scopeSigner(key, scopeText));
      this.#signers.set(signer, sign);
    }
    return (await sign(this.#amzDate, hash)) === this.#wanted;
  }
}

/** What a search found. */
export interface Found {
  readonly parts: Parts;
  readonly mistakes: readonly FoundMistake[];
}

/**
 * Looks for the fewest and likeliest mistakes that explain a signature: none,
 * then one, then two.
 *
 * @param search Computes the signatures, and counts them.
 * @param bases What should have been signed, in its variants.
 * @param alternatives What may have been signed instead.
 * @returns The first that matches; `undefined` where none does.
 */
export async function searchMistakes(
  search: SignatureSearch,
  bases: readonly Parts[],
  alternatives: readonly Alternative[],
): Promise<Found | undefined> {
  for (const base of bases) if (await search.matches(base)) return { parts: base, mistakes: [] };
  const [standard, ...others] = bases;
  if (standard === undefined) return undefined;
  const useful: Alternative[] = [];
  const found = await searchSingle(search, standard, distinct(search, standard, alternatives, useful));
  if (found !== undefined) return found;
  for (const base of others) {
    const again = await searchSingle(search, base, useful);
    if (again !== undefined) return again;
  }
  return search.isExhausted ? undefined : searchPairs(search, bases, inOrder(useful, alternatives));
}

async function searchSingle(
  search: SignatureSearch,
  base: Parts,
  alternatives: Iterable<Alternative>,
): Promise<Found | undefined> {
  for (const alternative of alternatives) {
    if (search.isExhausted) return undefined;
    const parts = apply(base, alternative);
    if (await search.matches(parts)) return { parts, mistakes: alternative.mistakes };
  }
  return undefined;
}

async function searchPairs(
  search: SignatureSearch,
  bases: readonly Parts[],
  useful: readonly Alternative[],
): Promise<Found | undefined> {
  const alone = useful.filter(({ mistakes }) => mistakes.length === 1);
  for (const likely of pairsByLikelihood(alone)) {
    for (const base of bases) {
      for (const pair of likely) {
        const [first, second] = unpack(pair, alone);
        const parts = apply(apply(base, first), second);
        if (await search.matches(parts)) return { parts, mistakes: [...first.mistakes, ...second.mistakes] };
        if (search.isExhausted) return undefined;
      }
    }
  }
  return undefined;
}

/** The places of two alternatives, in one number: there are up to half a million pairs, of which few get their turn. */
type Pair = number;

const pack = (first: number, second: number, { length }: readonly Alternative[]): Pair => first * length + second;

const unpack = (pair: Pair, alternatives: readonly Alternative[]): readonly [Alternative, Alternative] => [
  alternatives[Math.floor(pair / alternatives.length)] as Alternative,
  alternatives[pair % alternatives.length] as Alternative,
];

/** How much less likely each step of cost makes an alternative, on a scale of natural logarithms. */
const COST_STEP = 1.2;
/** How finely likelihoods are told apart. */
const CLASSES_PER_UNIT = 4;

/** Mistakes of which one brings the other: a gateway that takes a prefix off the path sets the host too. */
const GO_TOGETHER: Readonly<Partial<Record<DiagnosisCode, DiagnosisCode>>> = {
  PATH_PREFIX_REMOVED: "HOST_REWRITTEN",
  PATH_PREFIX_ADDED: "HOST_REWRITTEN",
};
/** How much likelier that makes the two, on the same scale. */
const GO_TOGETHER_STEP = 3.5;

/**
 * Pairs of alternatives that can occur together, the likeliest first.
 *
 * Every mistake is taken to be as likely as any other, so that one with many
 * forms spreads over them: a pair of rare forms is worth the least of a limited
 * number of candidates.
 */
function pairsByLikelihood(alternatives: readonly Alternative[]): readonly (readonly Pair[])[] {
  const codes = alternatives.map(({ mistakes }) => mistakes[0]?.code);
  const forms = new Map<DiagnosisCode | undefined, number>();
  for (const code of codes) forms.set(code, (forms.get(code) ?? 0) + 1);
  const unlikely = alternatives.map(
    ({ cost }, index) => Math.log(forms.get(codes[index]) ?? 1) + (cost - 1) * COST_STEP,
  );
  const paired = likeliest(unlikely);
  const classes: Pair[][] = [];
  for (const [place, first] of paired.entries()) {
    const slot = alternatives[first]?.slot;
    const code = codes[first];
    const companion = code === undefined ? undefined : GO_TOGETHER[code];
    for (let next = place + 1; next < paired.length; next++) {
      const second = paired[next] as number;
      if (alternatives[second]?.slot === slot) continue;
      const together = companion !== undefined && codes[second] === companion ? GO_TOGETHER_STEP : 0;
      const both = (unlikely[first] ?? 0) + (unlikely[second] ?? 0) - together;
      const at = Math.max(0, Math.round(both * CLASSES_PER_UNIT));
      (classes[at] ??= []).push(pack(first, second, alternatives));
    }
  }
  return classes.filter((pairs) => pairs !== undefined);
}

/** Requests have a few hundred; the number of pairs is the square of it. */
const MAX_PAIRED = 1_000;

/** The places of so many of the likeliest, in their order. */
function likeliest(unlikely: readonly number[]): readonly number[] {
  const places = [...unlikely.keys()];
  if (places.length <= MAX_PAIRED) return places;
  const byLikelihood = places.toSorted((a, b) => (unlikely[a] ?? 0) - (unlikely[b] ?? 0));
  return byLikelihood.slice(0, MAX_PAIRED).toSorted((a, b) => a - b);
}

/**
 * Leaves out what changes nothing, and of those that change the same all but the likeliest. What an alternative changes is
 * made when it is its turn, so that nothing is made of what nobody gets to try.
 *
 * @param useful Each that is given is put here too.
 * @yields The likeliest first.
 */
function* distinct(
  search: SignatureSearch,
  standard: Parts,
  alternatives: readonly Alternative[],
  useful: Alternative[],
): Generator<Alternative> {
  const signed = new Set(standard.lineNames.map((name) => name.toLowerCase()));
  const known = new Set([""]);
  const byRank = alternatives.toSorted((a, b) => a.mistakes.length - b.mistakes.length || a.cost - b.cost);
  for (const [index, alternative] of byRank.entries()) {
    if (search.isExhausted) {
      for (const { mistakes } of byRank.slice(index)) for (const { code } of mistakes) search.leftOut.add(code);
      return;
    }
    const changed = changedBy(alternative, standard, signed);
    search.spend(changed.length);
    if (known.has(changed)) continue;
    known.add(changed);
    useful.push(alternative);
    yield alternative;
  }
}

const TEXTS = ["method", "path", "query", "payloadHash", "secret"] as const;
const SCOPES = ["keyScope", "textScope"] as const;

/** What is not as it should be with an alternative; empty where all is. */
function changedBy({ change }: Alternative, standard: Parts, signed: ReadonlySet<string>): string {
  let changed = "";
  for (const name of TEXTS) {
    const text = change[name];
    if (text !== undefined && text !== standard[name]) changed += `${name}\n${text}\n`;
  }
  for (const name of SCOPES) {
    const scope = change[name] === undefined ? undefined : formatCredentialScope(change[name]);
    if (scope !== undefined && scope !== formatCredentialScope(standard[name])) changed += `${name}\n${scope}\n`;
  }
  for (const [name, value] of Object.entries(change.headers ?? {})) {
    if (signed.has(name) && value !== (standard.headers[name] ?? "")) changed += `${name}:${value}\n`;
  }
  return changed;
}

/** The useful ones as they stand among all: of pairs that are equally likely, that decides. */
function inOrder(useful: readonly Alternative[], alternatives: readonly Alternative[]): readonly Alternative[] {
  const wanted = new Set(useful);
  return alternatives.filter((alternative) => wanted.has(alternative));
}

/**
 * The parts as they would be with an alternative.
 *
 * @param parts The parts.
 * @param alternative What changes in them.
 * @returns The changed parts.
 */
function apply(parts: Parts, { change }: Alternative): Parts {
  // Most change no header, and a request may have thousands.
  const headers = change.headers === undefined ? parts.headers : { ...parts.headers, ...change.headers };
  return { ...parts, ...change, headers };
}

/**
 * The canonical request of some parts.
 *
 * @param parts The parts.
 * @returns The canonical request.
 */
export function formatParts(parts: Parts): string {
  const lines = parts.lineNames.map((name) => `${name}:${valueOf(parts, name.toLowerCase())}\n`).join("");
  return `${parts.method}\n${parts.path}\n${parts.query}\n${lines}\n${parts.listedNames.join(";")}\n${parts.payloadHash}`;
}

/** What every object has, such as `constructor`, is no value of a header. */
const valueOf = ({ headers }: Parts, name: string): string =>
  Object.hasOwn(headers, name) ? (headers[name] ?? "") : "";

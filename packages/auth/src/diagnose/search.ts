import { andThen } from "../sigv4/and-then.ts";
import { formatCredentialScope } from "../sigv4/credential-scope.ts";
import { digest, type ScopeSigner } from "../sigv4/digest.ts";
import { deriveKey } from "../sigv4/signing-key.ts";
import type { Alternative, FoundMistake, Parts } from "./parts.ts";

/** Tries candidates until one has the wanted signature, or the limit is reached. */
export class SignatureSearch {
  readonly #amzDate: string;
  readonly #wanted: string;
  readonly #limit: number;
  readonly #signers = new Map<string, ScopeSigner>();
  readonly #tried = new Set<string>();
  #last: { readonly canonical: string; readonly hash: string } | undefined;
  #count = 0;

  constructor(amzDate: string, wanted: string, limit: number) {
    this.#amzDate = amzDate;
    this.#wanted = wanted;
    this.#limit = limit;
  }

  /** How many signatures were computed. */
  get count(): number {
    return this.#count;
  }

  get isExhausted(): boolean {
    return this.#count >= this.#limit;
  }

  /** Whether the signature of these parts is the wanted one; `false` for what was tried before. */
  async matches(parts: Parts): Promise<boolean> {
    if (this.isExhausted) return false;
    const canonical = formatParts(parts);
    const scopeText = formatCredentialScope(parts.textScope);
    const signer = `${parts.secret}\n${formatCredentialScope(parts.keyScope)}\n${scopeText}`;
    const candidate = `${signer}\n${canonical}`;
    if (this.#tried.has(candidate)) return false;
    this.#tried.add(candidate);
    this.#count++;
    if (this.#last?.canonical !== canonical) this.#last = { canonical, hash: await digest.sha256Hex(canonical) };
    const { hash } = this.#last;
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
  const [standard] = bases;
  if (standard === undefined) return undefined;
  const useful = distinct(standard, alternatives);
  const single = useful.toSorted((a, b) => a.mistakes.length - b.mistakes.length || a.cost - b.cost);
  for (const base of bases) {
    for (const alternative of single) {
      const parts = apply(base, alternative);
      if (await search.matches(parts)) return { parts, mistakes: alternative.mistakes };
      if (search.isExhausted) return undefined;
    }
  }
  const alone = useful.filter(({ mistakes }) => mistakes.length === 1);
  for (const likely of pairsByLikelihood(alone)) {
    for (const base of bases) {
      for (const [first, second] of likely) {
        const parts = apply(apply(base, first), second);
        if (await search.matches(parts)) return { parts, mistakes: [...first.mistakes, ...second.mistakes] };
        if (search.isExhausted) return undefined;
      }
    }
  }
  return undefined;
}

type Pair = readonly [first: Alternative, second: Alternative];

/** How much less likely each step of cost makes an alternative, on a scale of natural logarithms. */
const COST_STEP = 1.2;
/** How finely likelihoods are told apart. */
const CLASSES_PER_UNIT = 4;

/** Mistakes of which one brings the other: a gateway that takes a prefix off the path sets the host too. */
const GO_TOGETHER: ReadonlySet<string> = new Set([
  "PATH_PREFIX_REMOVED HOST_REWRITTEN",
  "PATH_PREFIX_ADDED HOST_REWRITTEN",
]);
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
  const codeOf = ({ mistakes }: Alternative): string => mistakes[0]?.code ?? "";
  const forms = new Map<string, number>();
  for (const alternative of alternatives) forms.set(codeOf(alternative), (forms.get(codeOf(alternative)) ?? 0) + 1);
  const unlikely = alternatives.map(
    (alternative) => Math.log(forms.get(codeOf(alternative)) ?? 1) + (alternative.cost - 1) * COST_STEP,
  );
  const classes: Pair[][] = [];
  for (const [index, first] of alternatives.entries()) {
    for (let other = index + 1; other < alternatives.length; other++) {
      const second = alternatives[other] as Alternative;
      if (first.slot === second.slot) continue;
      const together = GO_TOGETHER.has(`${codeOf(first)} ${codeOf(second)}`) ? GO_TOGETHER_STEP : 0;
      const both = (unlikely[index] ?? 0) + (unlikely[other] ?? 0) - together;
      const at = Math.max(0, Math.round(both * CLASSES_PER_UNIT));
      (classes[at] ??= []).push([first, second]);
    }
  }
  return classes.filter((pairs) => pairs !== undefined);
}

/** Leaves out what changes nothing, and of those that change the same all but the likeliest. */
function distinct(standard: Parts, alternatives: readonly Alternative[]): readonly Alternative[] {
  const known = new Map<string, Alternative>();
  for (const alternative of alternatives) {
    const parts = apply(standard, alternative);
    const scopes = [parts.keyScope, parts.textScope].map(formatCredentialScope);
    const key = [parts.secret, ...scopes, formatParts(parts)].join("\n");
    const earlier = known.get(key);
    if (earlier === undefined || rank(alternative) < rank(earlier)) known.set(key, alternative);
  }
  const scopes = [standard.keyScope, standard.textScope].map(formatCredentialScope);
  known.delete([standard.secret, ...scopes, formatParts(standard)].join("\n"));
  return [...known.values()];
}

const rank = ({ mistakes, cost }: Alternative): number => mistakes.length * 10 + cost;

/**
 * The parts as they would be with an alternative.
 *
 * @param parts The parts.
 * @param alternative What changes in them.
 * @returns The changed parts.
 */
export function apply(parts: Parts, { change }: Alternative): Parts {
  return { ...parts, ...change, headers: { ...parts.headers, ...change.headers } };
}

/**
 * The canonical request of some parts.
 *
 * @param parts The parts.
 * @returns The canonical request.
 */
export function formatParts(parts: Parts): string {
  const lines = parts.lineNames.map((name) => `${name}:${parts.headers[name.toLowerCase()] ?? ""}\n`).join("");
  return `${parts.method}\n${parts.path}\n${parts.query}\n${lines}\n${parts.listedNames.join(";")}\n${parts.payloadHash}`;
}

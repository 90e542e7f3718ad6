import { splitTarget, type Target } from "@claude-on-aws/endpoints";

const UNRESERVED_PATH = /^(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/]|%[0-9A-Fa-f]{2})*$/;
const UNRESERVED_QUERY = /^(?:[A-Za-z0-9\-._~!$'()*,;:@/?&=+]|%[0-9A-Fa-f]{2})*$/;

/** An ARN in a path, and what follows it. */
const ARN = /\/(?:model|inference-profiles)\/arn(?::|%3A)[^?]*/i;

/** Kinds of resources whose name follows a slash in an ARN. */
const OPEN_SLASH =
  /(?:inference-profile|foundation-model|provisioned-model|custom-model|imported-model|prompt-router)\//;

/** One thing that is to be said of a target. */
export type TargetMark =
  | "id-in-path"
  | "arn-in-path"
  | "open-slash-in-arn"
  | "percent-encoded-twice"
  | "doubled-slash"
  | "dot-segment"
  | "v1-twice"
  | "trailing-slash"
  | "path-not-of-uri"
  | "query-not-of-uri"
  | "plus-in-query"
  | "beta-in-query";

/**
 * What is to be said of a target as it was sent: what stands in place of a
 * secret has brackets, and the secret may have had slashes.
 */
const MARKS: Readonly<Record<TargetMark, (target: Target) => boolean>> = {
  "id-in-path": ({ path }) => /^\/(?:model|inference-profiles)\/./.test(path),
  "arn-in-path": ({ path }) => ARN.test(path),
  "open-slash-in-arn": ({ path }) => OPEN_SLASH.test(ARN.exec(path)?.[0] ?? ""),
  "percent-encoded-twice": ({ path }) => path.includes("%25"),
  "doubled-slash": ({ path }) => path.includes("//"),
  "dot-segment": ({ path }) => /\/\.{1,2}(?:\/|$)/.test(path),
  "v1-twice": ({ path }) => path.includes("/v1/v1/"),
  "trailing-slash": ({ path }) => path.length > 1 && path.endsWith("/"),
  "path-not-of-uri": ({ path }) => !UNRESERVED_PATH.test(path),
  "query-not-of-uri": ({ query }) => !UNRESERVED_QUERY.test(query),
  "plus-in-query": ({ query }) => query.includes("+"),
  "beta-in-query": ({ query }) => new URLSearchParams(query).has("beta"),
};

const TARGET_MARKS = Object.entries(MARKS) as readonly (readonly [TargetMark, (target: Target) => boolean])[];

/**
 * Reads what the rules ask of a target.
 *
 * @param target As it was sent.
 * @returns The marks that it has.
 */
export function targetMarks(target: string): readonly TargetMark[] {
  const parts = splitTarget(target);
  return TARGET_MARKS.filter(([, has]) => has(parts)).map(([mark]) => mark);
}

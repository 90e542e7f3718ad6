import { GEOGRAPHIES, type Geography } from "@claude-on-aws/bedrock";
import { ModelError } from "./model-error.ts";
import { MODEL_FAMILIES, type ModelFamily } from "./model-families.ts";

/** The parts of a model id, whichever provider spells it. */
export interface ModelId {
  readonly family: ModelFamily;
  /** Major and minor version; the minor of `claude-opus-5` is 0. */
  readonly version: readonly [major: number, minor: number];
  /** `YYYYMMDD`; null if the id carries none. */
  readonly date: string | null;
  /** What follows the last hyphen, such as `v1:0` or `v1`; null if there is none. */
  readonly revision: string | null;
  /** Whether the family comes after the version, as in `claude-3-5-haiku`. */
  readonly familyLast: boolean;
  /** Whether `anthropic.` comes before the id. */
  readonly vendor: boolean;
  /** What comes before the vendor; null if nothing does. */
  readonly geography: Geography | null;
  /** Whether `[1m]` comes after it. */
  readonly context1m: boolean;
}

const NUMBER = /^[0-9]{1,2}$/;
const DATE = /^[0-9]{8}$/;
const REVISION = /^v[0-9]{1,3}(?::[0-9]{1,3})?$/;
const VENDOR_PREFIX = "anthropic.";
const SUFFIX_1M = "[1m]";

/**
 * Parses as {@link parseModelId} does, without an error.
 *
 * @param text The id; not an alias, not an ARN.
 * @returns Its parts; `undefined` if the text is not an id of a Claude model.
 */
export function matchModelId(text: string): ModelId | undefined {
  let rest = text.toLowerCase();
  const context1m = rest.endsWith(SUFFIX_1M);
  if (context1m) rest = rest.slice(0, -SUFFIX_1M.length);
  const vendorAt = rest.indexOf(VENDOR_PREFIX);
  let geography: Geography | null = null;
  if (vendorAt > 0) {
    geography = GEOGRAPHIES.find((name) => rest.length > name.length && rest.slice(0, vendorAt) === `${name}.`) ?? null;
    if (geography === null) return undefined;
  }
  const vendor = vendorAt !== -1;
  if (vendor) rest = rest.slice(vendorAt + VENDOR_PREFIX.length);

  const parts = rest.split("-");
  if (parts.length > 7 || parts.shift() !== "claude") return undefined;
  let revision: string | null = null;
  if (vendor && REVISION.test(parts.at(-1) ?? "")) revision = parts.pop() ?? null;
  let date: string | null = null;
  if (DATE.test(parts.at(-1) ?? "")) date = parts.pop() ?? null;
  const familyLast = findFamily(parts[0]) === undefined;
  const family = findFamily(familyLast ? parts.pop() : parts.shift());
  if (family === undefined) return undefined;
  if (parts.length < 1 || parts.length > 2 || !parts.every((part) => NUMBER.test(part))) return undefined;
  return {
    family,
    version: [Number(parts[0]), Number(parts[1] ?? 0)],
    date,
    revision,
    familyLast,
    vendor,
    geography,
    context1m,
  };
}

function findFamily(word: string | undefined): ModelFamily | undefined {
  return MODEL_FAMILIES.find((family) => family === word);
}

/**
 * Reads a model id in any of the three spellings: the first party's, Bedrock's (with or without a geography), and
 * that of Bedrock's Messages endpoint; in any case, with or without `[1m]`.
 *
 * @example Usage
 * ```ts
 * import { parseModelId } from "@claude-on-aws/models";
 * import { deepEqual, equal } from "node:assert/strict";
 *
 * const id = parseModelId("us.anthropic.claude-sonnet-4-5-20250929-v1:0[1m]");
 *
 * equal(id.family, "sonnet");
 * deepEqual(id.version, [4, 5]);
 * equal(id.geography, "us");
 * equal(id.context1m, true);
 * ```
 *
 * @param text The id; not an alias, not an ARN.
 * @returns Its parts.
 * @throws {ModelError} `MODEL_ID` if the text is not an id of a Claude model.
 */
export function parseModelId(text: string): ModelId {
  const id = matchModelId(text);
  if (id === undefined) {
    throw new ModelError(
      "MODEL_ID",
      text,
      "Cannot parse model id",
      "expected an id such as claude-opus-5, anthropic.claude-opus-5 or us.anthropic.claude-opus-5",
    );
  }
  return id;
}

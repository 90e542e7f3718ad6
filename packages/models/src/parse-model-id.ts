import { geographies, type Geography } from "@claude-on-aws/bedrock";
import type { ModelFamily } from "./catalogue.ts";
import { ModelError } from "./model-error.ts";

/** The parts of a model id, whichever provider spells it. */
export interface ModelId {
  readonly family: ModelFamily;
  /** Major and minor version; the minor of `claude-opus-5` is 0. */
  readonly version: readonly [major: number, minor: number];
  /** `YYYYMMDD`; null where the id carries none. */
  readonly date: string | null;
  /** What stands behind the hyphen, such as `v1:0` or `v1`; null where there is none. */
  readonly revision: string | null;
  /** Whether the family stands behind the version, as in `claude-3-5-haiku`. */
  readonly familyLast: boolean;
  /** Whether `anthropic.` stands before the id. */
  readonly vendor: boolean;
  /** What stands before the vendor; null where nothing does. */
  readonly geography: Geography | null;
  /** Whether `[1m]` stands behind it. */
  readonly context1m: boolean;
}

const families: ReadonlySet<string> = new Set(["fable", "opus", "sonnet", "haiku"]);
const numberPattern = /^[0-9]{1,2}$/;
const datePattern = /^[0-9]{8}$/;
const revisionPattern = /^v[0-9]{1,3}(?::[0-9]{1,3})?$/;
const vendorPrefix = "anthropic.";
const suffix1m = "[1m]";

/** Parses as {@link parseModelId} does, and gives `undefined` where that throws. */
export function matchModelId(text: string): ModelId | undefined {
  let rest = text.toLowerCase();
  const context1m = rest.endsWith(suffix1m);
  if (context1m) rest = rest.slice(0, -suffix1m.length);
  const vendorAt = rest.indexOf(vendorPrefix);
  let geography: Geography | null = null;
  if (vendorAt > 0) {
    geography = geographies.find((name) => rest.length > name.length && rest.slice(0, vendorAt) === `${name}.`) ?? null;
    if (geography === null) return undefined;
  }
  const vendor = vendorAt !== -1;
  if (vendor) rest = rest.slice(vendorAt + vendorPrefix.length);

  const parts = rest.split("-");
  if (parts.length > 7 || parts.shift() !== "claude") return undefined;
  let revision: string | null = null;
  if (vendor && revisionPattern.test(parts.at(-1) ?? "")) revision = parts.pop() ?? null;
  let date: string | null = null;
  if (datePattern.test(parts.at(-1) ?? "")) date = parts.pop() ?? null;
  const familyLast = !families.has(parts[0] ?? "");
  const family = familyLast ? parts.pop() : parts.shift();
  if (family === undefined || !families.has(family)) return undefined;
  if (parts.length < 1 || parts.length > 2 || !parts.every((part) => numberPattern.test(part))) return undefined;
  return {
    family: family as ModelFamily,
    version: [Number(parts[0]), Number(parts[1] ?? 0)],
    date,
    revision,
    familyLast,
    vendor,
    geography,
    context1m,
  };
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
 * @throws {ModelError} `MODEL_ID` where the text is no id of a Claude model.
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

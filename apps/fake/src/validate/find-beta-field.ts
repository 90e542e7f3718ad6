import { isObject } from "@claude-on-aws/endpoints";
import type { ServedModel } from "../models/served-models.ts";
import type { Provider } from "../terms/provider.ts";
import { BETA_FIELDS, type BetaField } from "@claude-on-aws/models";
import type { CacheMarker } from "./list-cache-markers.ts";

type JsonObject = Readonly<Record<string, unknown>>;

/**
 * Finds a field that is taken only beside a beta which the request does not ask for. It walks as far as the table of these
 * fields does, and each list once.
 *
 * @param input A body of the Messages API or of InvokeModel that fits its schema.
 * @param betas What the request asks for.
 * @param markers Lists its markers of prompt caching.
 * @param model Whom the body is for, where somebody knows.
 * @returns Such as `tools.0.custom.defer_loading: Extra inputs are not permitted`; `undefined` where there is none.
 */
export function findBetaField(
  input: JsonObject,
  betas: readonly string[],
  provider: Provider,
  markers: () => readonly CacheMarker[],
  model: ServedModel | undefined,
): string | undefined {
  for (const field of BETA_FIELDS) {
    if (field.service !== undefined && field.service !== provider) continue;
    // Most bodies have not even the field that it would be in.
    if (!isGiven(input[field.path[0] as string])) continue;
    const found = findAt(input, field, 0);
    // Asked only where there is one: hardly any request has such a field.
    if (found !== undefined && !isGranted(field.betas, betas) && !isTaken(field, model)) return extra(found);
  }
  if (isGranted(SCOPE_BETAS, betas)) return undefined;
  const scoped = markers().find(({ marker }) => isGiven(marker["scope"]));
  return scoped && extra(`${scoped.fieldPath}.cache_control.ephemeral.scope`);
}

/**
 * Betas that bring `cache_control.scope`, which Claude Code 2.1.329 sends with the first of them.
 *
 * @see {@link https://github.com/caozhiyuan/copilot-api/pull/144 | Refused without it}
 */
const SCOPE_BETAS: readonly string[] = ["prompt-caching-scope-"];

const extra = (path: string): string => `${path}: Extra inputs are not permitted`;

const isGranted = (prefixes: readonly string[], betas: readonly string[]): boolean =>
  betas.some((beta) => prefixes.some((prefix) => beta.startsWith(prefix)));

/** What differs from model to model is not asked of one that nobody knows. */
function isTaken({ taken }: BetaField, model: ServedModel | undefined): boolean {
  if (taken === undefined) return false;
  const capabilities = model?.capabilities;
  return capabilities === undefined || taken(capabilities) !== "refused";
}

const isGiven = (value: unknown): boolean => value !== undefined && value !== null;

/** Looks for a field from one step of its path on. The path from there to it is written on the way back, once it is found. */
function findAt(value: unknown, field: BetaField, at: number): string | undefined {
  const step = field.path[at] as string;
  if (step === "*") {
    if (!Array.isArray(value)) return undefined;
    for (let index = 0; index < value.length; index++) {
      const item: unknown = value[index];
      if (!isObject(item) || !isGiven(item[field.path[at + 1] as string])) continue;
      const found = findAt(item, field, at + 1);
      if (found !== undefined) return `${index}.${found}`;
    }
    return undefined;
  }
  if (!isObject(value)) return undefined;
  if (at < field.path.length - 1) {
    const found = findAt(value[step], field, at + 1);
    return found && `${step}.${found}`;
  }
  if (!isGiven(value[step]) || !isOfVariant(value, field)) return undefined;
  const variant = field.variant === "type" ? String(value["type"]) : field.variant;
  return variant === undefined ? step : `${variant}.${step}`;
}

/** Tools of Anthropic have rules of their own. */
const isOfVariant = (value: JsonObject, { variant }: BetaField): boolean =>
  variant !== "custom" || (value["type"] ?? "custom") === "custom";

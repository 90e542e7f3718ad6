import { isObject } from "@claude-on-aws/endpoints";
import type { Provider } from "../terms/provider.ts";
import { BETA_FIELD_TABLE, type BetaField } from "./beta-fields.ts";
import { listCacheMarkers } from "./list-cache-markers.ts";

type JsonObject = Readonly<Record<string, unknown>>;

/**
 * Finds a field that is taken only beside a beta which the request does not ask for. It walks as far as the table of these
 * fields does, and each list once.
 *
 * @param input A body of the Messages API or of InvokeModel that fits its schema.
 * @param betas What the request asks for.
 * @returns Such as `tools.0.custom.defer_loading: Extra inputs are not permitted`; `undefined` where there is none.
 */
export function findBetaField(input: JsonObject, betas: readonly string[], provider: Provider): string | undefined {
  for (const field of BETA_FIELD_TABLE) {
    if (field.service !== undefined && field.service !== provider) continue;
    if (isGranted(field.betas, betas)) continue;
    const found = findAt(input, field, 0, []);
    if (found !== undefined) return extra(found);
  }
  if (isGranted(SCOPE_BETAS, betas)) return undefined;
  const scoped = listCacheMarkers(input).find(({ marker }) => isGiven(marker["scope"]));
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

const isGiven = (value: unknown): boolean => value !== undefined && value !== null;

/** Looks for a field from one step of its path on, and says where it is. */
function findAt(value: unknown, field: BetaField, at: number, steps: readonly string[]): string | undefined {
  const step = field.path[at] as string;
  if (step === "*") {
    for (const [index, item] of Array.isArray(value) ? value.entries() : []) {
      const found = findAt(item, field, at + 1, [...steps, String(index)]);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (!isObject(value)) return undefined;
  if (at < field.path.length - 1) return findAt(value[step], field, at + 1, [...steps, step]);
  if (!isGiven(value[step]) || !isOfVariant(value, field)) return undefined;
  const variant = field.variant === "type" ? String(value["type"]) : field.variant;
  return [...steps, ...(variant === undefined ? [] : [variant]), step].join(".");
}

/** Tools of Anthropic have rules of their own. */
const isOfVariant = (value: JsonObject, { variant }: BetaField): boolean =>
  variant !== "custom" || (value["type"] ?? "custom") === "custom";

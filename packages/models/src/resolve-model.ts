import { geographyOfRegion, parseArn, parseBedrockResource, type Geography } from "@claude-on-aws/bedrock";
import { compareVersions, LATEST_CLIENT_VERSION } from "@claude-on-aws/endpoints";
import { MODEL_ALIASES, type ModelAlias, type ModelProvider } from "./aliases.ts";
import { MODELS, type Model } from "./catalogue.ts";
import { findModel, isModel } from "./find-model.ts";
import type { ModelFamily } from "./model-families.ts";
import { matchModelId } from "./parse-model-id.ts";
import { resolveAlias } from "./resolve-alias.ts";

/** What {@link resolveModel} is told. */
export interface ResolveModelOptions {
  /** The provider that gets the request. */
  readonly provider: ModelProvider;
  /**
   * Region of an AWS provider; on Bedrock it decides the geography.
   *
   * @default {"us-east-1"}
   */
  readonly region?: string | undefined;
  /**
   * What aliases are pinned to: ids as written, with or without `[1m]`.
   *
   * @default {{}}
   */
  readonly pins?: { readonly [family in ModelFamily]?: string | null | undefined } | undefined;
  /**
   * First-party id → the id or ARN to send instead. A key that is not an id of the catalogue has no effect.
   *
   * @default {new Map()}
   */
  readonly overrides?: ReadonlyMap<string, string> | undefined;
  /**
   * Ids of the system inference profiles that the account lists; empty if the list was denied.
   *
   * @default {[]}
   */
  readonly inferenceProfiles?: readonly string[] | undefined;
  /**
   * Geography to try first, as written; an unknown one has no effect, and in GovCloud none has.
   *
   * @default {null}
   */
  readonly regionPrefix?: string | null | undefined;
  /**
   * Whether the 1M context window is never asked for.
   *
   * @default {false}
   */
  readonly disable1mContext?: boolean | undefined;
  /**
   * Whether a variable or a setting asks for the model: the word `default` is an alias on the command line only.
   *
   * @default {false}
   */
  readonly fromConfiguration?: boolean | undefined;
  /**
   * Whether the two oldest Opus models are asked for by their own ids instead of the alias `opus`.
   *
   * @default {false}
   */
  readonly keepRetiredModels?: boolean | undefined;
  /**
   * The version of Claude Code, as dotted numbers.
   *
   * @default {"2.1.332"}
   */
  readonly clientVersion?: string | undefined;
}

/** What decided the id of a {@link ResolvedModel}. */
export type ModelDecision =
  | "as given"
  | "alias"
  | "pin"
  | "override"
  | "listed profile"
  | "derived profile"
  | "spelling";

/** The model that is sent. */
export interface ResolvedModel {
  /** The id or ARN that the provider gets, without `[1m]`, not percent-encoded. */
  readonly id: string;
  /** The last thing that decided the id. */
  readonly decision: ModelDecision;
  /** The alias whose pin was used; null if none was. */
  readonly pin: ModelFamily | null;
  /** The model of the catalogue that the id means; null if the id does not tell. */
  readonly model: Model | null;
  readonly family: ModelFamily | null;
  /** Whether the 1M context window is asked for. */
  readonly context1m: boolean;
  /** Whether that needs the beta `context-1m-2025-08-07`. */
  readonly needs1mBeta: boolean;
  /** The ARN that the client looks up first, to learn its model; null if it looks up nothing. */
  readonly lookUp: string | null;
}

const SUFFIX = /\[1m\]$/i;
// `in` came after the client was observed.
const PREFIXES: readonly string[] = ["us", "eu", "apac", "jp", "au", "global"];

interface Wanted {
  readonly text: string;
  readonly context1m: boolean;
  readonly decision: ModelDecision;
  readonly pin: ModelFamily | null;
}

/**
 * Says which id Claude Code sends for a model: aliases are looked up, pins and overrides followed, and a first-party
 * id on Bedrock becomes that of an inference profile. Any other id passes unchanged.
 *
 * @example Usage
 * ```ts
 * import { resolveModel } from "@claude-on-aws/models";
 * import { equal } from "node:assert/strict";
 *
 * equal(resolveModel("opus", { provider: "anthropic-aws" }).id, "claude-opus-5-5");
 * equal(
 *   resolveModel("sonnet", { provider: "bedrock", region: "eu-west-1" }).id,
 *   "eu.anthropic.claude-sonnet-4-5-20250929-v1:0",
 * );
 * ```
 *
 * @param requested The alias, id or ARN, with or without `[1m]`; null for the provider's default.
 * @param options The provider, and what the configuration says about models.
 * @returns The model to send.
 *
 * @see Observed in Claude Code 2.1.329.
 */
export function resolveModel(requested: string | null, options: ResolveModelOptions): ResolvedModel {
  const { provider, disable1mContext = false } = options;
  const wanted = replaceRetired(
    requested === null ? resolveAliasOrPin("default", false, options) : resolveWanted(requested, options),
    options,
  );
  const found = spell(wanted, options);
  const context1m = wanted.context1m && !disable1mContext;
  const parsed = matchModelId(resourceName(found.id) ?? found.id);
  return {
    ...found,
    pin: wanted.pin,
    family: found.model?.family ?? parsed?.family ?? null,
    context1m,
    needs1mBeta: context1m && (found.model?.needs1mBeta ?? true),
    // The model of an id that was given is known without asking; an alias is looked up like the ARN that it stands for.
    lookUp:
      provider === "bedrock" && (found.decision !== "override" || wanted.decision === "alias")
        ? applicationProfile(found.id)
        : null,
  };
}

function split1m(text: string): { readonly name: string; readonly context1m: boolean } {
  const trimmed = text.trim();
  const context1m = SUFFIX.test(trimmed);
  return { name: context1m ? trimmed.slice(0, -4).trim() : trimmed, context1m };
}

function resolveWanted(requested: string, options: ResolveModelOptions): Wanted {
  const { name, context1m } = split1m(requested);
  const alias = MODEL_ALIASES.find((known) => known === name.toLowerCase());
  // The one alias that counts only in this spelling.
  const isDefault = alias === "default";
  if (alias === undefined || (isDefault && (options.fromConfiguration === true || requested.trim() !== alias))) {
    // The client drops all of several suffixes, and what is left is not taken for an alias.
    let end = name.length;
    while (SUFFIX.test(name.slice(Math.max(0, end - 4), end))) end -= 4;
    const text = name.slice(0, end).trim();
    return { text, context1m, decision: "as given", pin: null };
  }
  return resolveAliasOrPin(alias, context1m, options);
}

function resolveAliasOrPin(alias: ModelAlias, context1m: boolean, options: ResolveModelOptions): Wanted {
  const { provider, pins = {}, clientVersion = LATEST_CLIENT_VERSION } = options;
  const usual = resolveAlias(alias, provider, clientVersion);
  // On Bedrock the default is Sonnet where that is pinned and the usual default is not; observed in 2.1.332.
  const isSonnet =
    alias === "default" && provider === "bedrock" && !isPinned(pins[usual.alias]) && isPinned(pins.sonnet);
  const meaning = isSonnet ? resolveAlias("sonnet", provider, clientVersion) : usual;
  const pinned = split1m(pins[meaning.alias] ?? "");
  // The client forgets the suffix of `best`.
  const asked1m = context1m && alias !== "best";
  return pinned.name === ""
    ? { text: meaning.id, context1m: asked1m, decision: "alias", pin: null }
    : { text: pinned.name, context1m: asked1m || pinned.context1m, decision: "pin", pin: meaning.alias };
}

const isPinned = (pin: string | null | undefined): boolean => split1m(pin ?? "").name !== "";

const RETIRED_MODELS: ReadonlySet<string> = new Set([
  "claude-opus-4-0",
  "claude-opus-4-20250514",
  "claude-opus-4-1",
  "claude-opus-4-1-20250805",
]);

// The first party no longer serves them, and the client asks for the newest Opus instead.
function replaceRetired(wanted: Wanted, options: ResolveModelOptions): Wanted {
  const { provider, keepRetiredModels = false } = options;
  const served = provider !== "anthropic-aws" && provider !== "anthropic";
  if (served || keepRetiredModels || wanted.decision !== "as given") return wanted;
  if (!RETIRED_MODELS.has(wanted.text.toLowerCase())) return wanted;
  return resolveWanted(wanted.context1m ? "opus[1m]" : "opus", options);
}

const REWRITES_IDS_SINCE = "2.1.200";
const SERVED_ON_MANTLE = "claude-haiku-4-5-20251001";

type Spelled = Pick<ResolvedModel, "id" | "decision" | "model">;

function spell({ text, decision }: Wanted, options: ResolveModelOptions): Spelled {
  const { provider, overrides } = options;
  const onFoundry = provider === "foundry";
  const lower = text.toLowerCase();
  // The aliases of Foundry leave the date out; everywhere else only a full id is one of the first party's.
  const model = onFoundry && decision === "alias" ? findModel(text) : MODELS.find(({ id }) => id === lower);
  // Older clients rewrote what an alias stood for, and nothing that was asked for by id.
  const rewrites =
    decision === "alias" || compareVersions(options.clientVersion ?? LATEST_CLIENT_VERSION, REWRITES_IDS_SINCE) >= 0;
  if (model === undefined || !rewrites) {
    const known = findOverridden(text, overrides) ?? findModel(resourceName(text) ?? text) ?? null;
    return { id: text, decision, model: known };
  }
  const override = overrides?.get(model.id);
  if (override !== undefined && override !== "") return { id: split1m(override).name, decision: "override", model };
  if (provider === "bedrock") return spellForBedrock(model, options);
  if (provider === "mantle") return spellForMantle(model, lower, decision);
  // The name of a deployment may differ from an id in its case alone.
  const id = onFoundry ? text : lower;
  return { id, decision: id === text || decision !== "as given" ? decision : "spelling", model };
}

function spellForMantle(model: Model, lower: string, decision: ModelDecision): Spelled {
  if (model.mantleId !== null) {
    return { id: model.mantleId, decision: decision === "as given" ? "spelling" : decision, model };
  }
  // An alias whose model is not served there means the one that always is; an id is sent as it is.
  const served = MODELS.find(({ id }) => id === SERVED_ON_MANTLE);
  return decision === "alias" && served?.mantleId
    ? { id: served.mantleId, decision, model: served }
    : { id: lower, decision, model };
}

// The id or ARN that a model was overridden with still tells the model.
function findOverridden(text: string, overrides: ReadonlyMap<string, string> | undefined): Model | undefined {
  for (const [id, value] of overrides ?? []) {
    if (value === text) return MODELS.find((model) => model.id === id);
  }
  return undefined;
}

function spellForBedrock(model: Model, options: ResolveModelOptions): Spelled {
  const { region = "us-east-1", inferenceProfiles = [] } = options;
  const geography = resolveGeography(region, options.regionPrefix ?? null);
  const fitting = inferenceProfiles.filter((profile) => {
    const id = matchModelId(resourceName(profile) ?? profile);
    return id !== undefined && id.vendor && isModel(id, model);
  });
  const listed =
    fitting.find((profile) => (resourceName(profile) ?? profile).startsWith(`${geography}.`)) ?? fitting[0];
  if (listed !== undefined) return { id: listed, decision: "listed profile", model };
  return { id: `${geography}.${model.bedrockId}`, decision: "derived profile", model };
}

/**
 * Says which geography Claude Code tries first: what `ANTHROPIC_BEDROCK_REGION_PREFIX` names, else what the region's
 * name begins with.
 *
 * @example Usage
 * ```ts
 * import { resolveGeography } from "@claude-on-aws/models";
 * import { equal } from "node:assert/strict";
 *
 * equal(resolveGeography("ap-northeast-1", "jp"), "jp");
 * equal(resolveGeography("us-gov-west-1", "global"), "us-gov");
 * ```
 *
 * @param region The region's name.
 * @param prefix The variable's value; null if it is not set.
 * @returns The geography.
 *
 * @see {@link https://code.claude.com/docs/en/amazon-bedrock | Claude Code on Amazon Bedrock}
 */
export function resolveGeography(region: string, prefix: string | null): Geography {
  const derived = geographyOfRegion(region);
  return prefix !== null && derived !== "us-gov" && PREFIXES.includes(prefix) ? (prefix as Geography) : derived;
}

// The name after the slash of an ARN that names a model or a profile by its id.
function resourceName(text: string): string | undefined {
  const resource = bedrockResource(text);
  return resource?.kind === "inference-profile" || resource?.kind === "foundation-model" ? resource.id : undefined;
}

// The client looks for the words, so that it also asks for an ARN whose slash or colons are percent-encoded already.
function applicationProfile(text: string): string | null {
  return text.includes("application-inference-profile") ? text : null;
}

function bedrockResource(text: string): ReturnType<typeof parseBedrockResource> | undefined {
  if (!text.startsWith("arn:")) return undefined;
  try {
    return parseBedrockResource(parseArn(text));
  } catch {
    return undefined;
  }
}

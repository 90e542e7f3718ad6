import { needsInferenceProfile } from "@claude-on-aws/bedrock";
import {
  findCapabilities,
  isOnMessagesApi,
  type Model,
  type ModelCapabilities,
  MODELS as catalogue,
} from "@claude-on-aws/models";

/** A Claude model as the services serve it. */
export interface ServedModel {
  /** ID on the Claude API, without a date. */
  readonly id: string;
  /** The ID with its date, where the model has one. */
  readonly datedId?: string;
  readonly displayName: string;
  /** Release, as RFC 3339. */
  readonly createdAt: string;
  /** ID of the foundation model on Amazon Bedrock. */
  readonly bedrockId: string;
  /** Whether Claude Platform on AWS and the Bedrock Messages endpoint serve it. */
  readonly onMessagesApi: boolean;
  /** Whether Bedrock takes the bare ID, without an inference profile. */
  readonly onDemand: boolean;
  /** Largest `max_tokens`; absent where none is documented. */
  readonly maxOutputTokens?: number;
  /** What it takes; `undefined` where nobody says. Looked up once, since every request asks for it. */
  readonly capabilities: ModelCapabilities | undefined;
}

/** What the fake says of a model otherwise than the catalogue. */
interface Extra {
  readonly displayName?: string;
  readonly createdAt?: string;
}

/** The Messages API documents an epoch value where the release date is unknown. */
const UNKNOWN_RELEASE = "1970-01-01T00:00:00Z";

/**
 * By undated ID.
 *
 * @see {@link https://platform.claude.com/docs/en/build-with-claude/claude-platform-on-aws | Models on Claude Platform on AWS}
 */
const EXTRAS: Readonly<Record<string, Extra>> = {
  "claude-haiku-5-5": { createdAt: "2026-10-07T00:00:00Z" },
  "claude-sonnet-5-5": { createdAt: "2026-09-28T00:00:00Z" },
  "claude-opus-5-5": { createdAt: "2026-09-22T00:00:00Z" },
  "claude-fable-5-1": { createdAt: "2026-09-01T00:00:00Z" },
  "claude-3-7-sonnet": { displayName: "Claude Sonnet 3.7" },
  "claude-3-5-sonnet": { displayName: "Claude Sonnet 3.5 v2" },
  "claude-3-5-haiku": { displayName: "Claude Haiku 3.5" },
};

/** Served on Bedrock, and not in the catalogue: Claude Code does not know it. */
const BESIDE_CATALOGUE: readonly ServedModel[] = [
  {
    id: "claude-3-haiku",
    datedId: "claude-3-haiku-20240307",
    displayName: "Claude Haiku 3",
    createdAt: "2024-03-07T00:00:00Z",
    bedrockId: "anthropic.claude-3-haiku-20240307-v1:0",
    onMessagesApi: false,
    onDemand: true,
    maxOutputTokens: 4096,
    capabilities: findCapabilities("claude-3-haiku-20240307"),
  },
];

function toServed({ id: catalogueId, date, bedrockId, family, version }: Model): ServedModel {
  const id = date === null ? catalogueId : catalogueId.slice(0, -date.length - 1);
  const [major, minor] = version;
  const capabilities = findCapabilities(catalogueId);
  const maxOutputTokens = capabilities?.maxOutputTokens ?? "unknown";
  return {
    id,
    ...(date === null ? {} : { datedId: catalogueId }),
    displayName: `Claude ${family[0]?.toUpperCase()}${family.slice(1)} ${major}${minor === 0 ? "" : `.${minor}`}`,
    createdAt: date === null ? UNKNOWN_RELEASE : `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}T00:00:00Z`,
    bedrockId,
    onMessagesApi: isOnMessagesApi({ id: catalogueId }),
    onDemand: !needsInferenceProfile(bedrockId),
    capabilities,
    ...(maxOutputTokens === "unknown" ? {} : { maxOutputTokens }),
    ...EXTRAS[id],
  };
}

const byVersion = ({ version: a }: Model, { version: b }: Model): number => b[0] - a[0] || b[1] - a[1];

/** The models that the fake serves: those of the catalogue, the highest version first, and a few more. */
export const SERVED_MODELS: readonly ServedModel[] = [
  ...catalogue.toSorted(byVersion).map(toServed),
  ...BESIDE_CATALOGUE,
];

/**
 * Describes a model that is served because an option says so.
 *
 * @returns Nothing is known of it but its ID.
 */
function servedModelFromId(id: string): ServedModel {
  const bare = id.replace(/^(?:[a-z-]+\.)?anthropic\./, "");
  return {
    id: bare,
    displayName: bare,
    createdAt: UNKNOWN_RELEASE,
    bedrockId: `anthropic.${bare}`,
    onMessagesApi: true,
    onDemand: false,
    capabilities: findCapabilities(bare),
  };
}

/** The models of a fake, and how to find one of them. */
interface Served {
  readonly all: readonly ServedModel[];
  readonly byMessagesId: ReadonlyMap<string, ServedModel>;
  readonly byBedrockId: ReadonlyMap<string, ServedModel>;
  readonly byCanonicalId: ReadonlyMap<string, ServedModel>;
}

/** By the list of added models: a fake has one for its whole life. */
const SERVED = new WeakMap<readonly string[], Served>();

function servedOf(added: readonly string[]): Served {
  const known = SERVED.get(added);
  if (known !== undefined) return known;
  const all = added.length === 0 ? SERVED_MODELS : [...added.map(servedModelFromId), ...SERVED_MODELS];
  // The first with an ID wins, as in the list.
  const byMessagesId = new Map<string, ServedModel>();
  const byBedrockId = new Map<string, ServedModel>();
  const byCanonicalId = new Map<string, ServedModel>();
  for (const model of all.toReversed()) {
    byBedrockId.set(model.bedrockId, model);
    byCanonicalId.set(canonicalId(model), model);
    if (!model.onMessagesApi) continue;
    byMessagesId.set(model.id, model);
    if (model.datedId !== undefined) byMessagesId.set(model.datedId, model);
  }
  const made = { all, byMessagesId, byBedrockId, byCanonicalId };
  SERVED.set(added, made);
  return made;
}

/**
 * Lists the models of the table, and those that an option adds.
 *
 * @returns The added ones first.
 */
export const servedModels = (added: readonly string[]): readonly ServedModel[] => servedOf(added).all;

/**
 * Gives the name by which an answer refers to a model.
 *
 * @returns With its date, where it has one.
 */
export const canonicalId = ({ id, datedId }: ServedModel): string => datedId ?? id;

/**
 * Finds the model of the Messages API with an ID, dated or not.
 *
 * @returns `undefined` where none is served under it.
 */
export const findOnMessagesApi = (id: string, added: readonly string[]): ServedModel | undefined =>
  servedOf(added).byMessagesId.get(id);

/**
 * Finds the foundation model of Amazon Bedrock with an ID.
 *
 * @returns `undefined` where there is none.
 */
export const findOnBedrock = (bedrockId: string, added: readonly string[]): ServedModel | undefined =>
  servedOf(added).byBedrockId.get(bedrockId);

/**
 * Finds the model to which answers refer by an ID.
 *
 * @returns `undefined` where there is none.
 */
export const findByCanonicalId = (id: string, added: readonly string[]): ServedModel | undefined =>
  servedOf(added).byCanonicalId.get(id);

const ON_MANTLE = new Set(catalogue.flatMap(({ mantleId }) => mantleId ?? []));

/**
 * Tells whether the pages about the Bedrock Messages endpoint, or its clients, know a model there.
 *
 * @returns `false` for one of which they say nothing.
 */
export const isOnMantle = ({ id }: ServedModel): boolean => ON_MANTLE.has(`anthropic.${id}`);

/**
 * Tells whether access to a model was denied, under any of its names.
 *
 * @returns `true` where one of them is among the denied.
 */
export const isDeniedBy = (denied: ReadonlySet<string>, model: ServedModel): boolean =>
  [model.id, canonicalId(model), model.bedrockId, `anthropic.${model.id}`].some((id) => denied.has(id));

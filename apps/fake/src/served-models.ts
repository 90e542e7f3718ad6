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
}

type Row = readonly [
  id: string,
  date: string | undefined,
  name: string,
  bedrockSuffix: string,
  more?: Partial<ServedModel>,
];

/** The Messages API documents an epoch value where the release date is unknown. */
const UNKNOWN_RELEASE = "1970-01-01T00:00:00Z";
const BEDROCK_ONLY = { onMessagesApi: false } as const;
const BEDROCK_ON_DEMAND = { onMessagesApi: false, onDemand: true } as const;

const ROWS: readonly Row[] = [
  ["claude-fable-5-2", undefined, "Claude Fable 5.2", ""],
  ["claude-haiku-5-5", undefined, "Claude Haiku 5.5", "", { createdAt: "2026-10-07T00:00:00Z" }],
  ["claude-sonnet-5-5", undefined, "Claude Sonnet 5.5", "", { createdAt: "2026-09-28T00:00:00Z" }],
  ["claude-opus-5-5", undefined, "Claude Opus 5.5", "", { createdAt: "2026-09-22T00:00:00Z" }],
  ["claude-fable-5-1", undefined, "Claude Fable 5.1", "", { createdAt: "2026-09-01T00:00:00Z" }],
  ["claude-fable-5", undefined, "Claude Fable 5", ""],
  ["claude-opus-5", undefined, "Claude Opus 5", ""],
  ["claude-sonnet-5", undefined, "Claude Sonnet 5", ""],
  ["claude-opus-4-8", undefined, "Claude Opus 4.8", ""],
  ["claude-opus-4-7", undefined, "Claude Opus 4.7", ""],
  ["claude-sonnet-4-6", undefined, "Claude Sonnet 4.6", ""],
  ["claude-opus-4-6", undefined, "Claude Opus 4.6", "-v1"],
  ["claude-opus-4-5", "20251101", "Claude Opus 4.5", "-v1:0"],
  ["claude-haiku-4-5", "20251001", "Claude Haiku 4.5", "-v1:0"],
  ["claude-sonnet-4-5", "20250929", "Claude Sonnet 4.5", "-v1:0"],
  ["claude-opus-4-1", "20250805", "Claude Opus 4.1", "-v1:0", BEDROCK_ONLY],
  ["claude-opus-4", "20250514", "Claude Opus 4", "-v1:0", BEDROCK_ONLY],
  ["claude-sonnet-4", "20250514", "Claude Sonnet 4", "-v1:0", BEDROCK_ONLY],
  ["claude-3-7-sonnet", "20250219", "Claude Sonnet 3.7", "-v1:0", BEDROCK_ONLY],
  ["claude-3-5-sonnet", "20241022", "Claude Sonnet 3.5 v2", "-v2:0", BEDROCK_ON_DEMAND],
  ["claude-3-5-haiku", "20241022", "Claude Haiku 3.5", "-v1:0", BEDROCK_ON_DEMAND],
  ["claude-3-haiku", "20240307", "Claude Haiku 3", "-v1:0", BEDROCK_ON_DEMAND],
];

/**
 * The models that the fake serves, newest first.
 *
 * @see {@link https://platform.claude.com/docs/en/build-with-claude/claude-platform-on-aws | Models on Claude Platform on AWS}
 * @see {@link https://platform.claude.com/docs/en/build-with-claude/claude-on-amazon-bedrock-legacy | Model IDs on Amazon Bedrock}
 */
export const SERVED_MODELS: readonly ServedModel[] = ROWS.map(([id, date, displayName, suffix, more]) => ({
  id,
  ...(date === undefined ? {} : { datedId: `${id}-${date}` }),
  displayName,
  createdAt:
    date === undefined ? UNKNOWN_RELEASE : `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}T00:00:00Z`,
  bedrockId: `anthropic.${date === undefined ? id : `${id}-${date}`}${suffix}`,
  onMessagesApi: true,
  onDemand: false,
  ...more,
}));

/** A model that is served because an option says so. */
export function servedModelFromId(id: string): ServedModel {
  const bare = id.replace(/^(?:[a-z-]+\.)?anthropic\./, "");
  return {
    id: bare,
    displayName: bare,
    createdAt: UNKNOWN_RELEASE,
    bedrockId: `anthropic.${bare}`,
    onMessagesApi: true,
    onDemand: false,
  };
}

/** The table, and the models that an option adds. */
export function servedModels(added: readonly string[]): readonly ServedModel[] {
  return added.length === 0 ? SERVED_MODELS : [...added.map(servedModelFromId), ...SERVED_MODELS];
}

/** The name under which an answer speaks of a model. */
export const canonicalId = ({ id, datedId }: ServedModel): string => datedId ?? id;

/** The model of the Messages API with an ID, dated or not. */
export function findOnMessagesApi(id: string, added: readonly string[]): ServedModel | undefined {
  return servedModels(added).find((model) => model.onMessagesApi && (model.id === id || model.datedId === id));
}

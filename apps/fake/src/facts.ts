/** A fact on which the sources are silent or disagree: what the fake assumes, and why. */
interface UncertainFact<Value> {
  /** What the fake does unless told otherwise. */
  readonly default: Value;
  readonly question: string;
  /** What speaks for the default, and what against it. */
  readonly sources: string;
}

/** The values that the fake goes by, one for each row of {@link UNCERTAIN_FACTS}. */
export interface Facts {
  readonly bothKeysStatus: number;
  readonly unknownKeyStatus: number;
  readonly missingWorkspaceStatus: number;
  readonly unknownWorkspaceStatus: number;
  readonly unknownRouteStatusOnMantle: number;
  readonly unknownModelStatusOnMantle: number;
  readonly maxClockSkewMinutes: number;
  readonly maxMessagesBodyBytes: number;
  readonly maxInvokeModelBodyBytes: number;
  readonly tooLargeStatusOnBedrock: number;
  readonly bearerKeyOnClaudePlatform: boolean;
  readonly xApiKeyOnMantle: boolean;
  readonly profilesOfAccount: string;
}

/**
 * Everything about the services that is not settled by their documents or by
 * an observation, in one table. Pass another value in `facts` to test a client
 * against the other reading.
 */
export const UNCERTAIN_FACTS: { readonly [Name in keyof Facts]: UncertainFact<Facts[Name]> } = {
  bothKeysStatus: {
    default: 400,
    question: "Status when both `authorization` and `x-api-key` are sent to Claude Platform on AWS",
    sources: "400 in github.com/ding113/claude-code-hub/pull/1197; 401 reported through an AgentCore gateway",
  },
  unknownKeyStatus: {
    default: 401,
    question: "Status of an unknown or stale API key on Claude Platform on AWS",
    sources: "401 in platform.claude.com/docs/en/api/errors; 403 in code.claude.com/docs/en/claude-platform-on-aws",
  },
  missingWorkspaceStatus: {
    default: 400,
    question: "Status when `anthropic-workspace-id` is missing on Claude Platform on AWS",
    sources: "Measured as 400 on the first-party API; not published for Claude Platform on AWS",
  },
  unknownWorkspaceStatus: {
    default: 404,
    question: "Status when the workspace does not exist, or the caller may not use it",
    sources:
      "404 in platform.claude.com/docs/en/manage-claude/authentication; not published for Claude Platform on AWS",
  },
  unknownRouteStatusOnMantle: {
    default: 403,
    question: "Status of a route that the Bedrock Messages endpoint does not serve",
    sources: "Not published; answered as Claude Platform on AWS answers a route outside its IAM table",
  },
  unknownModelStatusOnMantle: {
    default: 400,
    question: "Status of a model that the Bedrock Messages endpoint does not serve",
    sources: "400 naming the model in code.claude.com/docs/en/amazon-bedrock; 404 on the first-party API",
  },
  maxClockSkewMinutes: {
    default: 5,
    question: "How far the time of signing may be off, in minutes",
    sources: "5 in the IAM user guide's SigV4 troubleshooting; 15 in the description of RequestExpired",
  },
  maxMessagesBodyBytes: {
    default: 33_554_432,
    question: "Largest body of CreateMessage and CountTokens, in bytes",
    sources: "«32 MB» in platform.claude.com/docs/en/api/errors, which does not say which megabyte",
  },
  maxInvokeModelBodyBytes: {
    default: 25_000_000,
    question: "Largest body of InvokeModel and InvokeModelWithResponseStream, in bytes",
    sources: "25,000,000 in the service model of bedrock-runtime; «20 MB» in the Bedrock user guide",
  },
  tooLargeStatusOnBedrock: {
    default: 413,
    question: "Status of a body over the limit on Amazon Bedrock",
    sources: "413 RequestEntityTooLarge in the common errors of AWS; a ValidationException (400) is modelled too",
  },
  bearerKeyOnClaudePlatform: {
    default: true,
    question: "Whether Claude Platform on AWS takes a workspace API key as `Authorization: Bearer`",
    sources:
      "Sent so by @anthropic-ai/aws-sdk 1.1.2 and described so in the AWS user guide; denied in claude-code-hub#1197",
  },
  xApiKeyOnMantle: {
    default: true,
    question: "Whether the Bedrock Messages endpoint takes a Bedrock API key in `x-api-key`",
    sources: "Documented so by platform.claude.com; the SDKs since 0.29 send `Authorization: Bearer`",
  },
  profilesOfAccount: {
    default: "123456789012",
    question: "Account whose application inference profiles exist without having been created",
    sources: "A convenience of the fake: AWS knows only profiles that were created",
  },
};

/** The defaults of the table, with some replaced. */
export function resolveFacts(given: Partial<Facts> = {}): Facts {
  const defaults = Object.entries(UNCERTAIN_FACTS).map(([name, fact]) => [name, fact.default]);
  return { ...(Object.fromEntries(defaults) as Facts), ...given };
}

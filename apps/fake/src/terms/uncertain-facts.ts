/** A fact on which the sources are silent or disagree: what the fake assumes, and why. */
interface UncertainFact<Value> {
  /** What the fake does unless told otherwise. */
  readonly default: Value;
  /** What it may be, where that is one of a few words. */
  readonly values?: readonly Value[];
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
  readonly signatureInQuery: "accept" | "refuse";
  readonly expiresInQueryRequired: boolean;
  readonly unsignedPayload: "uploads" | "any";
  readonly overloadStatusOnBedrock: number;
  readonly maxMessagesBodyBytes: number;
  readonly maxInvokeModelBodyBytes: number;
  readonly tooLargeStatusOnBedrock: number;
  readonly bearerKeyOnClaudePlatform: boolean;
  readonly xApiKeyOnMantle: boolean;
  readonly profilesOfAccount: string;
  readonly applicationProfilesFollowScope: boolean;
  readonly profilesAsDocumented: boolean;
  readonly contradictedProfiles: boolean;
  readonly profilesOfOneSource: boolean;
  readonly undecodableKeys: boolean;
  readonly expiredKeyWordsOnBedrock: string;
  readonly workspaceOfOtherRegionStatus: number;
  readonly deniedModelStatusOnClaudePlatform: number;
  readonly everyModelOnMantle: boolean;
  readonly countTokensOnMantle: boolean;
  readonly contentTypeStatus: number;
  readonly contentTypeRequired: boolean;
  readonly unknownFieldsOnMessagesApi: "accept" | "refuse" | "accept with a beta";
  readonly unknownFieldsOnBedrock: "accept" | "refuse" | "accept with a beta";
  readonly unknownFieldsInside: "accept" | "refuse";
  readonly autoToolChoiceWithoutTools: "accept" | "refuse";
  readonly nullPropertiesOnConverse: "accept" | "refuse";
  readonly documentNameLetters: "any" | "ASCII";
  readonly betaFieldsWithoutBeta: boolean;
  readonly schemaWordsOnBedrock: "JSON schema" | "field";
  readonly unknownBetasOnBedrock: "accept" | "refuse";
  readonly unknownBetasOnMessagesApi: "accept" | "refuse";
  readonly contextBetaOnOtherModels: "accept" | "refuse";
  readonly betaHeaderOnMantle: boolean;
  readonly outputFormatOnMantle: boolean;
  readonly systemRoleInMessages: boolean;
  readonly firstMessageOfUser: boolean;
  readonly blankText: "accept" | "refuse";
  readonly toolPairsWhenCounting: boolean;
  readonly maxOutputTokens: number;
  readonly claudeEnvelopeOnInvokeModel: boolean;
  readonly forcedToolsOnFable5: boolean;
  readonly forcedToolsWithAdaptiveThinking: boolean;
  readonly highEffortWithoutThinkingOnOpus48: boolean;
  readonly countTokensThroughProfiles: boolean;
  readonly maxOutputTokensOfSonnet46OnBedrock: number;
  readonly maxBatchBodyBytes: number;
  readonly maxFileBytes: number;
  readonly maxFilenameCharacters: number;
  readonly uploadsDownloadable: boolean;
  readonly unfinishedResultsStatus: number;
  readonly archivedWorkspaceStatus: number;
  readonly signInSeconds: number;
  readonly devicePollsPerInterval: number;
  readonly trustDenialWords: "role" | "trust policy";
  readonly bearerTokenTypesOnClaudePlatform: "SHORT_TERM" | "short-term";
}

/**
 * Everything about the services that is not settled by their documents or by
 * an observation, in one table. Pass another value in `facts` to test a client
 * against the other reading.
 *
 * @example The other reading
 * ```ts
 * import { createFake, UNCERTAIN_FACTS } from "@claude-on-aws/fake";
 * import { equal } from "node:assert/strict";
 *
 * equal(UNCERTAIN_FACTS.maxClockSkewMinutes.default, 5);
 * equal(createFake({ facts: { maxClockSkewMinutes: 15 } }).settings.facts.maxClockSkewMinutes, 15);
 * ```
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
    default: 404,
    question: "Status of a route that the Bedrock Messages endpoint does not serve",
    sources:
      "404 for `/v1/messages` in github.com/BerriAI/litellm/issues/27976; not published, and Claude Platform on AWS answers 403 to a route outside its IAM table",
  },
  unknownModelStatusOnMantle: {
    default: 404,
    question: "Status of a model that the Bedrock Messages endpoint does not serve",
    sources:
      "404 for IDs with a geography in github.com/BerriAI/litellm-docs/pull/1580, and measured on 2026-08-31 by prime-radiant-inc/evener; 400 naming the model in code.claude.com/docs/en/amazon-bedrock",
  },
  maxClockSkewMinutes: {
    default: 5,
    question: "How far the time of signing may be off, in minutes",
    sources: "5 in the IAM user guide's SigV4 troubleshooting; 15 in the description of RequestExpired",
  },
  signatureInQuery: {
    default: "accept",
    values: ["accept", "refuse"],
    question:
      "Whether a right signature in the query (a presigned request) is taken in place of an Authorization header",
    sources:
      "Either place is documented for all of AWS (IAM user guide, «Authentication methods»), and short-term API keys are such a signature; no page of Claude Platform on AWS or of Amazon Bedrock shows one, and no client sends one",
  },
  expiresInQueryRequired: {
    default: false,
    question: "Whether a signature in the query must say with `X-Amz-Expires` how long it holds",
    sources:
      "Not among the parameters that the common parameters of AWS services demand beside a signature in the query; demanded by Amazon S3",
  },
  unsignedPayload: {
    default: "uploads",
    values: ["uploads", "any"],
    question: "What requests may leave their body out of the signature with `x-amz-content-sha256: UNSIGNED-PAYLOAD`",
    sources:
      "Sent by @anthropic-ai/aws-sdk 1.1.2 with uploads alone; no report of Amazon Bedrock taking or refusing it, and a generator of keys that wrote it was corrected, since the signature could not match (github.com/aws-solutions-library-samples/guidance-for-claude-code-with-amazon-bedrock/pull/796)",
  },
  overloadStatusOnBedrock: {
    default: 503,
    question:
      "Status of the ServiceUnavailableException with which Amazon Bedrock's runtime says that it is overloaded",
    sources:
      "503 in the service model of bedrock-runtime and in the user guide's troubleshooting page; «overloaded_error» with 529 and Retry-After in an older copy of that page",
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
  applicationProfilesFollowScope: {
    default: false,
    question:
      "Whether the ARN of an application inference profile must name the region of the signature, where the host names none",
    sources:
      "AWS calls an ARN of another region than the host invalid (github.com/earendil-works/pi/pull/5527); recorded clients send one of us-east-2 signed for us-east-1 to a base URL of their own",
  },
  profilesAsDocumented: {
    default: true,
    question: "Whether a geography has only the models that the tables of AWS and Anthropic give it",
    sources:
      "AWS's model cards of September and October 2026, and platform.claude.com/docs/en/build-with-claude/claude-on-amazon-bedrock-legacy; both change by month, and a model that none of them has is taken everywhere",
  },
  contradictedProfiles: {
    default: true,
    question: "Whether inference profiles exist that one source has and another leaves out",
    sources:
      "`eu.` Fable 5 and `jp.` Sonnet 5 in the catalogue of @earendil-works/pi-ai 1.6.0, `jp.` and `apac.` Opus 4.6 in Anthropic's page of August 2026, `us-gov.` Haiku 4.5 in clients' code; not in AWS's model cards, and `jp.` Sonnet 5 missing in github.com/aws-samples/anthropic-on-aws/issues/270",
  },
  profilesOfOneSource: {
    default: true,
    question: "Whether inference profiles exist that only the catalogue of a client has",
    sources:
      "`in.` Opus 5 and Sonnet 5, `jp.` Opus 5, `au.` Sonnet 5.5, Fable 5.2 in @earendil-works/pi-ai 1.6.0, November 2026; AWS's model cards of September lack them",
  },
  undecodableKeys: {
    default: true,
    question: "Whether an API key is taken that begins like one and cannot be decoded",
    sources: "A convenience of the fake: placeholders such as bedrock-api-key-TEST; AWS refuses them",
  },
  expiredKeyWordsOnBedrock: {
    default: "Bearer Token has expired",
    question: "What Amazon Bedrock says of a short-term API key that has ended",
    sources:
      "Quoted in tests of github.com/BerriAI/litellm as AWS's message; not documented, and a stale key was also reported as «Authentication failed: Please make sure your API Key is valid.»",
  },
  workspaceOfOtherRegionStatus: {
    default: 404,
    question: "Status of a workspace that is in another region than the endpoint",
    sources:
      "«only reachable through that region's endpoint» in platform.claude.com/docs/en/build-with-claude/claude-platform-on-aws, without a status",
  },
  deniedModelStatusOnClaudePlatform: {
    default: 404,
    question: "Status of a model that the workspace may not use on Claude Platform on AWS",
    sources: "404 for a model that is unknown or out of reach on the first-party API; 403 on both endpoints of Bedrock",
  },
  everyModelOnMantle: {
    default: true,
    question: "Whether the Bedrock Messages endpoint serves models besides those that its page names",
    sources:
      "platform.claude.com/docs/en/build-with-claude/claude-in-amazon-bedrock names seven; an example of AWS uses Sonnet 4.6",
  },
  countTokensOnMantle: {
    default: true,
    question: "Whether the Bedrock Messages endpoint counts tokens",
    sources:
      "Sent there by the Mantle client of @anthropic-ai/bedrock-sdk 1.1.2, and not among what platform.claude.com lists as missing; AWS names no action for it",
  },
  contentTypeStatus: {
    default: 400,
    question: "Status of a body that is not declared as JSON",
    sources: "Not published by any of the three; 415 is what HTTP has for it",
  },
  contentTypeRequired: {
    default: false,
    question: "Whether a body must be declared as JSON at all",
    sources: "Required by the Messages API's page; the service model of bedrock-runtime has it as optional",
  },
  unknownFieldsOnMessagesApi: {
    default: "accept with a beta",
    values: ["accept", "refuse", "accept with a beta"],
    question: "Whether the Messages API takes top-level fields and kinds of blocks that no document names",
    sources:
      "«X: Extra inputs are not permitted» without the beta that the field belongs to (github.com/anthropics/claude-code/issues/14135); which beta brings which field is not published",
  },
  unknownFieldsOnBedrock: {
    default: "accept with a beta",
    values: ["accept", "refuse", "accept with a beta"],
    question: "Whether InvokeModel takes top-level fields and kinds of blocks that no document names",
    sources:
      "«extraneous key [chat_id] is not permitted» in github.com/BerriAI/litellm/issues/7416; betas go in the body",
  },
  unknownFieldsInside: {
    default: "refuse",
    values: ["accept", "refuse"],
    question:
      "Whether tools, blocks and other objects inside a body take fields that no document names, where its top takes them",
    sources:
      "«tools.0.custom.eager_input_streaming: Extra inputs are not permitted» on Amazon Bedrock beside another beta (github.com/anthropics/claude-code/issues/82549), «messages.65.content.1.tool_use.text: …» (claude-code/issues/4378), «system.0.id: …» (github.com/langchain-ai/langchain/issues/39100); that a beta never brings a field that the SDKs' types lack is not published",
  },
  autoToolChoiceWithoutTools: {
    default: "accept",
    values: ["accept", "refuse"],
    question: 'Whether `tool_choice: {"type": "auto"}` is taken where there are no tools',
    sources:
      "200 where a client tried each value in 2026, with «tool_choice.any may only be specified while providing tools» for `any`; clients of 2025 leave every choice out because of «tool_choice may only be specified while providing tools»",
  },
  nullPropertiesOnConverse: {
    default: "refuse",
    values: ["accept", "refuse"],
    question: "Whether Converse takes a schema of a tool whose `properties` are null",
    sources:
      "Refused in one report of 2026 (github.com/elastic/kibana/issues/277821), without its words; the types of @anthropic-ai/sdk 1.14.0 have it as valid for the Messages API",
  },
  documentNameLetters: {
    default: "any",
    values: ["any", "ASCII"],
    question: "What letters and digits Converse takes in the name of a document",
    sources:
      "«alphanumeric characters» in github.com/aws-samples/generative-ai-use-cases/issues/1671, which does not say of which script; clients that clean names keep a-z, A-Z and 0-9 alone",
  },
  betaFieldsWithoutBeta: {
    default: false,
    question: "Whether fields that are documented as beta are taken without any beta, in the API version 2023-06-01",
    sources: "github.com/anthropics/claude-code/issues/14135 for `context_management`; 2026-10-21 is not described",
  },
  schemaWordsOnBedrock: {
    default: "field",
    values: ["JSON schema", "field"],
    question: "In which words InvokeModel refuses a body of the wrong shape",
    sources:
      "«Malformed input request: #: extraneous key …» in github.com/BerriAI/litellm/issues/7416; «context_management: Extra inputs are not permitted» in newer reports (github.com/anthropics/claude-code/issues/51700)",
  },
  unknownBetasOnBedrock: {
    default: "refuse",
    values: ["accept", "refuse"],
    question: "Whether a beta that is not known to be taken fails an InvokeModel request",
    sources:
      "One fails the whole request in github.com/router-for-me/CLIProxyAPI/issues/4750, github.com/BerriAI/litellm/pull/19877; which ones are taken changes by model and month, and is not published",
  },
  unknownBetasOnMessagesApi: {
    default: "accept",
    values: ["accept", "refuse"],
    question: "Whether the Messages API refuses betas that it does not know",
    sources:
      "«Unexpected value(s) … for the `anthropic-beta` header» in github.com/pacifio/cersei/issues/20; there is no list, and clients bring new ones with each release",
  },
  contextBetaOnOtherModels: {
    default: "accept",
    values: ["accept", "refuse"],
    question:
      "Whether Amazon Bedrock's runtime takes `context-1m-2025-08-07` for a model whose window it does not open: one that always has it, or never",
    sources:
      "Measured without effect on Opus 4.7, 4.8 and Sonnet 5 through Converse (github.com/NousResearch/hermes-agent/issues/31277, 2026-08-30), and «no effect» for Sonnet 4 and 4.5 in Anthropic's release notes of 2026-04-30; Opus 4.7 refused most betas at its launch (github.com/anthropics/claude-code/issues/49370)",
  },
  betaHeaderOnMantle: {
    default: true,
    question: "Whether the Bedrock Messages endpoint takes `anthropic-beta`",
    sources: "«not supported» in platform.claude.com's page; Claude Code 2.1.329 sends six",
  },
  outputFormatOnMantle: {
    default: false,
    question: "Whether the Bedrock Messages endpoint takes `output_config.format`",
    sources: "400 in platform.claude.com/docs/en/build-with-claude/claude-in-amazon-bedrock; no words are given",
  },
  systemRoleInMessages: {
    default: true,
    question: 'Whether `role: "system"` is taken among the messages',
    sources: "Claude Code 2.1.329 sends it with Opus 5.5; the API reference names `user` and `assistant`",
  },
  firstMessageOfUser: {
    default: true,
    question: "Whether the first message that is not the system's must be the user's",
    sources:
      '«first message must use the "user" role», long reported; the API reference speaks of consecutive turns only. Converse demands it in words of its own',
  },
  blankText: {
    default: "refuse",
    values: ["accept", "refuse"],
    question: "Whether a text block of white space alone is refused as an empty one is",
    sources:
      "«text content blocks must contain non-whitespace text» in github.com/NousResearch/hermes-agent/pull/63983, July 2026; only «non-empty» before",
  },
  toolPairsWhenCounting: {
    default: false,
    question: "Whether counting tokens demands a result for each tool use, as creating a message does",
    sources: "Not published; a part of a conversation can be counted",
  },
  maxOutputTokens: {
    default: 128_000,
    question: "Largest `max_tokens` of a model for which no limit is documented",
    sources: "Claude Code 2.1.329 sends 128,000 with Opus 5.5 and 32,000 with Sonnet 4.6",
  },
  claudeEnvelopeOnInvokeModel: {
    default: true,
    question:
      "Whether InvokeModel answers what Opus 4.7 and later models refuse in the envelope of the Claude API, instead of AWS's",
    sources:
      "the envelope in github.com/anthropics/claude-code/issues/49238, /50100 and claude-code-action/issues/1265, April 2026; other reports quote `message`, some through Converse",
  },
  forcedToolsOnFable5: {
    default: true,
    question: "Whether Fable 5 takes `tool_choice` `any` and `tool`",
    sources: "Refused when a user measured it in June 2026; taken by @ai-sdk/anthropic of November 2026",
  },
  forcedToolsWithAdaptiveThinking: {
    default: true,
    question: "Whether a forced tool is taken beside `thinking.type` `adaptive`",
    sources: "One client measured it as accepted, another as refused; beside `enabled` it is refused",
  },
  highEffortWithoutThinkingOnOpus48: {
    default: true,
    question: "Whether Opus 4.8 takes effort `xhigh` and `max` with `thinking.type` `disabled`",
    sources:
      "Refused in github.com/anthropics/claude-code/issues/76689; a user measured 200, and the pages name Opus 5 and Haiku 5.5 alone",
  },
  countTokensThroughProfiles: {
    default: false,
    question: "Whether CountTokens of Amazon Bedrock counts for the models of 4.5 and 4.6 through an inference profile",
    sources:
      "Measured by a user: their bare IDs count, their profiles do not; github.com/BerriAI/litellm/issues/32683 has Sonnet 4.6 as refused and does not say under which ID",
  },
  maxOutputTokensOfSonnet46OnBedrock: {
    default: 128_000,
    question: "Largest `max_tokens` of Sonnet 4.6 on Amazon Bedrock",
    sources: "128K on its model card, 64K in another table of the Bedrock user guide, both read in September 2026",
  },
  maxBatchBodyBytes: {
    default: 268_435_456,
    question: "Largest body of a batch, in bytes",
    sources: "«256 MB» in platform.claude.com/docs/en/build-with-claude/batch-processing, which does not say which",
  },
  maxFileBytes: {
    default: 524_288_000,
    question: "Largest file, in bytes",
    sources: "«500 MB» in platform.claude.com/docs/en/build-with-claude/files, which does not say which megabyte",
  },
  maxFilenameCharacters: {
    default: 255,
    question: "Largest length of the name of a file, in characters",
    sources:
      "«1-255 characters» in platform.claude.com/docs/en/build-with-claude/files; the API reference has a maximum of 500",
  },
  uploadsDownloadable: {
    default: false,
    question: "Whether the content of a file that was uploaded can be downloaded",
    sources:
      "Only what a tool made, by platform.claude.com/docs/en/build-with-claude/files and @anthropic-ai/sdk 1.11.0; no tool makes files here, so that nothing could be downloaded",
  },
  unfinishedResultsStatus: {
    default: 404,
    question: "Status of the results of a batch that has not ended",
    sources: "Not published: `results_url` is null until then",
  },
  archivedWorkspaceStatus: {
    default: 404,
    question: "Status of a request in a workspace that was archived",
    sources: "Not published for Claude Platform on AWS; 404 is what a workspace out of reach has, 403 would do as well",
  },
  signInSeconds: {
    default: 28_800,
    question: "How long an access token of IAM Identity Center lasts, in seconds",
    sources:
      "8 hours in docs.aws.amazon.com/singlesignon/latest/userguide/configure-user-session.html, unless an administrator says otherwise; clients that refresh check every hour, by docs.aws.amazon.com/cli/latest/userguide/cli-configure-sso.html",
  },
  devicePollsPerInterval: {
    default: 3,
    question: "How often a device may poll CreateToken within its interval before it is told to slow down",
    sources:
      "Once by RFC 8628; AWS's own command line (2.9.19) polls twice at once when it begins, and is not told to slow down",
  },
  trustDenialWords: {
    default: "role",
    values: ["role", "trust policy"],
    question:
      "What a denial by the trust policy of a role says after the action: the role, or that its trust policy denies",
    sources:
      "«on resource: ROLE» in what STS answers, as in github.com/noqdev/iambic/issues/357; «because no role trust policy allows the sts:AssumeRole action» in docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html",
  },
  bearerTokenTypesOnClaudePlatform: {
    default: "SHORT_TERM",
    values: ["SHORT_TERM", "short-term"],
    question:
      "How Claude Platform on AWS spells the values of aws-external-anthropic:BearerTokenType: SHORT_TERM and LONG_TERM, or short-term and long-term",
    sources:
      "The key «filters access by short-term or long-term bearer tokens» in the service authorization reference, which spells out no value; SHORT_TERM and LONG_TERM for bedrock:BearerTokenType in the Bedrock user guide",
  },
};

/** What values a fact takes: a status is one of a refusal, from 400 to 599. */
export type FactKind = "status" | "number" | "boolean" | "string";

const STATUS_NAME = /Status(?:On[A-Z]|$)/;

/**
 * Says what values a fact takes.
 *
 * @example Usage
 * ```ts
 * import { factKind } from "@claude-on-aws/fake/server";
 * import { equal } from "node:assert/strict";
 *
 * equal(factKind("bothKeysStatus"), "status");
 * ```
 *
 * @param name A name of {@link UNCERTAIN_FACTS}.
 * @returns The kind of all values that the fact may have.
 */
export function factKind(name: keyof Facts): FactKind {
  return STATUS_NAME.test(name) ? "status" : (typeof UNCERTAIN_FACTS[name].default as FactKind);
}

/**
 * Puts the defaults of the table in place.
 *
 * @returns One value for each fact.
 */
export function resolveFacts(given: Partial<Facts> = {}): Facts {
  const defaults = Object.entries(UNCERTAIN_FACTS).map(([name, fact]) => [name, fact.default]);
  return { ...(Object.fromEntries(defaults) as Facts), ...given };
}

import type { CapabilitySource } from "./capability-sources.ts";

/** The service that is asked: Claude Platform on AWS, two operations of Bedrock's runtime, Bedrock's Messages endpoint. */
export type ModelService = "anthropic-aws" | "invoke-model" | "converse" | "mantle";

/** Whether something is taken; `disputed` where sources contradict each other, `unknown` where none says anything. */
export type Acceptance = "taken" | "refused" | "disputed" | "unknown";

/** Whether `thinking.type: "disabled"` is taken, or only up to effort `high`. */
export type DisabledThinking = Acceptance | "taken up to high" | "disputed above high";

/** Forms of `thinking.type`. */
export interface ThinkingForms {
  readonly enabled: Acceptance;
  readonly adaptive: Acceptance;
  readonly disabled: DisabledThinking;
  readonly between_tools: Acceptance;
}

/** Something that the services take differently. */
export interface ByService {
  readonly "anthropic-aws": Acceptance;
  /** InvokeModel and Converse. */
  readonly runtime: Acceptance;
  readonly mantle: Acceptance;
}

/** What a model takes. Every cell of which nothing is known says `unknown`. */
export interface ModelCapabilities {
  /** The id of the first party, without a date. */
  readonly id: string;
  readonly thinking: ThinkingForms;
  /** Levels of `output_config.effort`; empty where the parameter is refused. */
  readonly effort: readonly string[] | "unknown";
  /** Which of `temperature`, `top_p` and `top_k` it takes. */
  readonly sampling: "defaults only" | "one of temperature and top_p" | "any" | "unknown";
  /** Whether the conversation may end with the beginning of the answer. */
  readonly prefill: Acceptance;
  /** Whether `tool_choice` may be `any` or `tool`. */
  readonly forcedTools: Acceptance;
  /** Whether that is asked when tokens are counted, too. */
  readonly forcedToolsWhenCounting: Acceptance;
  /** Whether `role: "system"` is taken among the messages. */
  readonly systemRole: Acceptance;
  /** The context window, in tokens. */
  readonly contextTokens: number | "unknown";
  /**
   * The beta that AWS documents as what opens the window of a million tokens on Bedrock's runtime; null where none has to, or
   * none can. The first party retired it on 2026-04-30: Sonnet 4 and 4.5 have no such window since, and on 4.6 it was
   * measured in August 2026 to be open without the beta.
   */
  readonly contextBeta: string | null | "unknown";
  /** Largest `max_tokens`. */
  readonly maxOutputTokens: number | "unknown";
  /** Fewest tokens that are cached. */
  readonly minCacheTokens: number | "unknown";
  /** With which ids CountTokens of Bedrock's runtime counts for it. */
  readonly countTokensOnRuntime: "bare id" | "none" | "unknown";
  /** `output_config.format`. */
  readonly outputFormat: ByService;
  /** `strict` of a tool. */
  readonly strictTools: ByService;
  /** `eager_input_streaming` of a tool. */
  readonly eagerInputStreaming: ByService;
  /** Computer tools on Bedrock's runtime, by type. */
  readonly computerTools: Readonly<Record<string, Acceptance>>;
  /** The envelope of the Claude API in place of AWS's where InvokeModel refuses a body for this model. */
  readonly claudeEnvelopeOnInvokeModel: Acceptance;
  readonly sources: readonly CapabilitySource[];
}

export { ALIAS_HISTORY, MODEL_ALIASES, type AliasEntry, type ModelAlias, type ModelProvider } from "./aliases.ts";
export { CAPABILITY_SOURCES, type CapabilitySource } from "./capabilities/capability-sources.ts";
export { CAPABILITIES_AS_OF, MODEL_CAPABILITIES, NOT_ON_RUNTIME } from "./capabilities/capability-table.ts";
export { CONTEXT_BETA } from "./capabilities/context-beta.ts";
export { BETA_FIELDS, type BetaField } from "./betas/beta-fields.ts";
export { TOOL_BETAS_ON_BEDROCK, type ToolBeta } from "./betas/tool-betas.ts";
export { BETAS, findBeta, type Beta } from "./betas/betas.ts";
export {
  CAPABILITY_WORDS,
  CONVERSE_WORDS_PREFIX,
  type CapabilityRefusal,
  type CapabilityWords,
  type WordedModel,
} from "./capabilities/capability-words.ts";
export { findCapabilities } from "./capabilities/find-capabilities.ts";
export type {
  Acceptance,
  ByService,
  DisabledThinking,
  ModelCapabilities,
  ModelService,
  ThinkingForms,
} from "./capabilities/model-capabilities.ts";
export { MODELS, type Model } from "./catalogue.ts";
export { convertModelId, type ConvertModelIdOptions, type ModelSpelling } from "./convert-model-id.ts";
export { findModel } from "./find-model.ts";
export { formatModelId } from "./format-model-id.ts";
export { isOnMessagesApi, messagesApiIds } from "./messages-api-ids.ts";
export { nearestModelIds, type ModelAddressee } from "./nearest-model-ids.ts";
export { ModelError, type ModelErrorCode } from "./model-error.ts";
export type { ModelFamily } from "./model-families.ts";
export {
  findProfiles,
  isServedBare,
  profileEvidence,
  profileGeographies,
  profileRegions,
  routedRegions,
  type FoundProfile,
} from "./profiles/find-profile.ts";
export { MODEL_PROFILES, type ModelProfiles, type ProfileEvidence } from "./profiles/model-profiles.ts";
export { PROFILE_ROUTES, type ProfileRoute } from "./profiles/profile-routes.ts";
export { parseModelId, type ModelId } from "./parse-model-id.ts";
export { findPrice } from "./prices/find-price.ts";
export type { ModelPrice, TokenPrices } from "./prices/model-price.ts";
export { PRICE_SOURCES, type PriceSource } from "./prices/price-sources.ts";
export { DEAREST_PRICE, MODEL_PRICES, PRICES_AS_OF, THOUSAND_WEB_SEARCHES_USD } from "./prices/price-table.ts";
export { resolveAlias, type AliasMeaning } from "./resolve-alias.ts";
export {
  resolveGeography,
  resolveModel,
  type ModelDecision,
  type ResolvedModel,
  type ResolveModelOptions,
} from "./resolve-model.ts";

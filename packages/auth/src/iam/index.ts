export { accountActions, conditionKeys, type SpecialAction } from "./actions.ts";
export { bedrockRoutes, mantleRoutes, type ServiceRoute } from "./bedrock-routes.ts";
export { claudePlatformRoutes, type Route } from "./claude-platform-routes.ts";
export { resourceArns, type ResourceName } from "./resources.ts";
export { type ClaudeService, claudeServices, parseServiceHost, type ServiceHost } from "./services.ts";
export {
  policyFeatures,
  policyFor,
  type PolicyDocument,
  type PolicyFeature,
  type PolicyQuestion,
  type PolicyStatement,
} from "./policy-for.ts";

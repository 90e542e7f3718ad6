export { ACCOUNT_ID, isAccountId } from "./account-id.ts";
export { API_KEY, isApiKey } from "./api-key.ts";
export type { AwsCredentials } from "./aws-credentials.ts";
export { AWS_DOMAINS, DUAL_STACK_DOMAIN } from "./aws-domains.ts";
export { AWS_KEY_FAMILIES, type AwsKeyFamily } from "./aws-key-families.ts";
export type { AwsProvider, Plane, SigningService } from "./aws-provider.ts";
export { CLAUDE_PLATFORM_SERVICE, CLAUDE_SERVICES, type ClaudeService } from "./claude-services.ts";
export { compareVersions } from "./compare-versions.ts";
export { EndpointsError, type EndpointsErrorCode } from "./endpoints-error.ts";
export { escapeForTerminal } from "./escape-for-terminal.ts";
export { formatServiceHost } from "./format-service-host.ts";
export { isAwsHost } from "./is-aws-host.ts";
export { isObject } from "./is-object.ts";
export { isRegion } from "./is-region.ts";
export { ISSUED_KEY } from "./issued-key.ts";
export { KEY_BEGINNING } from "./key-beginning.ts";
export { keyFamily } from "./key-family.ts";
export { KEY_FAMILY_TITLES, KEY_FORMS, type KeyFamily, type KeyForm, type KeyTerm } from "./key-forms.ts";
export { keyTerm } from "./key-term.ts";
export { LATEST_CLIENT_VERSION } from "./latest-client-version.ts";
export { matchesWildcards } from "./matches-wildcards.ts";
export { nearestName } from "./nearest-name.ts";
export { parseBearer } from "./parse-bearer.ts";
export {
  type ExportedCredentials,
  type ExportedCredentialsFault,
  parseExportedCredentials,
  type ParseExportedCredentialsOptions,
} from "./parse-exported-credentials.ts";
export { parseServiceHost } from "./parse-service-host.ts";
export { partitionOfRegion } from "./partition-of-region.ts";
export { type Partition, PARTITIONS } from "./partitions.ts";
export { RESOURCE_ARNS, type ResourceName } from "./resource-arns.ts";
export { BEDROCK_ROUTES } from "./routes/bedrock-routes.ts";
export { CLAUDE_PLATFORM_ROUTES } from "./routes/claude-platform-routes.ts";
export { MANTLE_ROUTES } from "./routes/mantle-routes.ts";
export type { Route } from "./routes/route.ts";
export type { ServiceHost } from "./service-host.ts";
export { splitTarget, type Target } from "./split-target.ts";
export { isWorkspaceId, WORKSPACE_ID } from "./workspace-id.ts";
export type { HarmlessForm } from "./redact/forms.ts";
export { isSecretName } from "./redact/harmless-words.ts";
export { HIDDEN, hide } from "./redact/hide.ts";
export { mayBeginToken } from "./redact/is-token-like.ts";
export { redactBody } from "./redact/redact-body.ts";
export { redactField } from "./redact/redact-field.ts";
export { redactForm } from "./redact/redact-form.ts";
export { redactHeader } from "./redact/redact-header.ts";
export { redactHost } from "./redact/redact-host.ts";
export { redactText } from "./redact/redact-text.ts";
export { redactQuery, redactTarget, redactUrl } from "./redact/redact-url.ts";

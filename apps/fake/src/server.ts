export { isApiKey } from "./api-key.ts";
export type { AskedPermissions } from "./judge/asked-permissions.ts";
export type { FakePrincipal, PolicySource } from "./terms/fake-principal.ts";
export { type RecordedPermissions, recordedPermissions } from "./judge/recorded-permissions.ts";
export type { RequiredPermission } from "./authorize/required-permissions.ts";
export type { ConfiguredProfile } from "./create/configured-profile.ts";
export { ConfigurationError, type ConfigurationErrorCode } from "./text/configuration-error.ts";
export { parseConfiguration, type ParseConfigurationOptions } from "./create/parse-configuration.ts";
export {
  type ClientEnvironment,
  createClientEnvironment,
  ENVIRONMENT_BLOCKS,
  type EnvironmentBlock,
  type FakeAddress,
  OTHER_CREDENTIALS,
  PROVIDER_SWITCHES,
  type SwitchedProvider,
} from "./environment/client-environment.ts";
export { type FactKind, type Facts, factKind, UNCERTAIN_FACTS } from "./terms/uncertain-facts.ts";
export { type FakeCore, createFakeCore } from "./create/fake-core.ts";
export type { RefusedHost } from "./stores/refused-hosts.ts";
export { type FakeServer, type ServeOptions, serve } from "./listen/serve.ts";
export { EXAMPLE_CREDENTIALS, type FakeOptions } from "./settings/options.ts";
export { formatGithubAnnotations } from "./report/format-github-annotations.ts";
export { formatRefusedHosts } from "./report/format-refused-hosts.ts";
export { formatReport, type FormatReportOptions, type ReportFormat } from "./report/format-report.ts";
export { type FakeReportFormat, formatFakeReport, type ReportedFake } from "./report/format-fake-report.ts";
export { formatHtmlReport, type HtmlReportOptions } from "./report/html/format-html-report.ts";
export type { JournalEntry, JournalSnapshot } from "./record/journal.ts";
export type { Report } from "./report/report.ts";
export { parseScenario } from "./scenario/parse-scenario.ts";
export type { Scenario } from "./terms/scenario.ts";
export { isWorkspaceId } from "./workspace-id.ts";

export type { AskedPermissions } from "./authorize/asked-permissions.ts";
export type { FakePrincipal, PolicySource } from "./authorize/fake-principal.ts";
export { type RecordedPermissions, recordedPermissions } from "./authorize/recorded-permissions.ts";
export type { RequiredPermission } from "./authorize/required-permissions.ts";
export type { ConfiguredProfile } from "./configuration/configured-profile.ts";
export { ConfigurationError, type ConfigurationErrorCode } from "./configuration/configuration-error.ts";
export { parseConfiguration, type ParseConfigurationOptions } from "./configuration/parse-configuration.ts";
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
export { type FactKind, type Facts, factKind, UNCERTAIN_FACTS } from "./facts.ts";
export { type FakeCore, createFakeCore } from "./fake-core.ts";
export type { RefusedHost } from "./proxy/refused-hosts.ts";
export { type FakeServer, type ServeOptions, serve } from "./listen/serve.ts";
export { EXAMPLE_CREDENTIALS, type FakeOptions } from "./options.ts";
export { formatGithubAnnotations } from "./report/format-github-annotations.ts";
export { formatRefusedHosts } from "./report/format-refused-hosts.ts";
export { formatReport, type FormatReportOptions, type ReportFormat } from "./report/format-report.ts";
export { type FakeReportFormat, formatFakeReport, type ReportedFake } from "./report/format-fake-report.ts";
export { formatHtmlReport, type HtmlReportOptions } from "./report/html/format-html-report.ts";
export type { JournalEntry, JournalSnapshot } from "./record/journal.ts";
export type { Report } from "./report/report.ts";
export { parseScenario } from "./scenario/parse-scenario.ts";
export type { Scenario } from "./scenario/scenario.ts";

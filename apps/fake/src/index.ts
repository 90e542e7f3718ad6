export type { AskedPermissions } from "./authorize/asked-permissions.ts";
export type { FakePrincipal, PolicySource } from "./authorize/fake-principal.ts";
export { type RecordedPermissions, recordedPermissions } from "./authorize/recorded-permissions.ts";
export type { RequiredPermission } from "./authorize/required-permissions.ts";
export type { ConfiguredProfile } from "./configuration/configured-profile.ts";
export { ConfigurationError, type ConfigurationErrorCode } from "./configuration/configuration-error.ts";
export { parseConfiguration, type ParseConfigurationOptions } from "./configuration/parse-configuration.ts";
export { type ClientEnvironment, createClientEnvironment, type FakeAddress } from "./environment/client-environment.ts";
export type { Caller, CheckResult, Exchange, ReceivedRequest, Route, WireReply } from "./exchange.ts";
export { type Facts, UNCERTAIN_FACTS } from "./facts.ts";
export { createFake, type Fake, type InProcessOptions } from "./fake.ts";
export type { FakeCore } from "./fake-core.ts";
export { FAULTS, type FaultName } from "./faults.ts";
export { type Operation, operations } from "./operations.ts";
export {
  type AcceptedApiKey,
  type AcceptedSsoToken,
  EXAMPLE_CREDENTIALS,
  type FakeOptions,
  type Workspace,
} from "./options.ts";
export type { Provider } from "./provider.ts";
export type { Journal, JournalEntry, JournalSnapshot } from "./record/journal.ts";
export { formatGithubAnnotations } from "./report/format-github-annotations.ts";
export { formatReport, type FormatReportOptions, type ReportFormat } from "./report/format-report.ts";
export { type FakeReportFormat, formatFakeReport, type ReportedFake } from "./report/format-fake-report.ts";
export { formatHtmlReport, type HtmlReportOptions } from "./report/html/format-html-report.ts";
export type { RefusedHost } from "./proxy/refused-hosts.ts";
export type { ClientReport, FirstFailure, Report, RuleResult } from "./report/report.ts";
export type { Finding, Rule, RuleGroup } from "./rules/rule.ts";
export { RULES } from "./rules/rules.ts";
export { parseScenario } from "./scenario/parse-scenario.ts";
export { ScenarioError, type ScenarioErrorCode } from "./scenario/scenario-error.ts";
export type {
  Scenario,
  ScenarioReplier,
  ScenarioReply,
  ScenarioRequest,
  ScenarioRow,
  ScenarioWhen,
} from "./scenario/scenario.ts";

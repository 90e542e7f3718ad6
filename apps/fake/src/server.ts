export type { Evidence } from "./evidence/evidence.ts";
export type { AskedPermissions } from "./evidence/asked-permissions.ts";
export type { FakePrincipal, PolicySource } from "./terms/fake-principal.ts";
export { type RecordedEntry, type RecordedPermissions, recordedPermissions } from "./judge/recorded-permissions.ts";
export type { CheckName } from "./exchange/check-name.ts";
export type { FaultName } from "./terms/faults.ts";
export type { FaultDetails } from "./terms/fault-details.ts";
export type { RuleId } from "./rules/rule-id.ts";
export type { RequiredPermission } from "./exchange/permission.ts";
export type { ConfiguredProfile } from "./settings/configured-profile.ts";
export { FakeError, type FakeErrorCode, type InputErrorCode } from "./input/fake-error.ts";
export { parseConfiguration, type ParseConfigurationOptions } from "./configure/parse-configuration.ts";
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
export { type FakeCore, type FakeCoreOptions, createFakeCore } from "./create/fake-core.ts";
export type { RefusedHost } from "./stores/refused-hosts.ts";
export { prepareProcess } from "./serve/prepare-process.ts";
export { type FakeServer, type ServeOptions, serve } from "./serve/serve.ts";
export { type FakeOptions } from "./settings/fake-options.ts";
export { EXAMPLE_CREDENTIALS } from "./settings/example-credentials.ts";
export { formatGithubAnnotations } from "./report/format-github-annotations.ts";
export { formatGithubCommand } from "./report/format-github-command.ts";
export { formatProxyNotes } from "./report/format-proxy-notes.ts";
export { formatRefusedHosts } from "./report/format-refused-hosts.ts";
export { formatReport, type FormatReportOptions, type ReportFormat } from "./report/format-report.ts";
export { type FakeReportFormat, formatFakeReport, type ReportedFake } from "./report/format-fake-report.ts";
export { formatHtmlReport, type HtmlReportOptions } from "./report/html/format-html-report.ts";
export type { JournalEntry } from "./judge/journal-entry.ts";
export type { JournalCounts, JournalStore } from "./judge/journal-store.ts";
export type { JournalTools, KeptForEvidence } from "./judge/journal-tools.ts";
export type { JournalUnread } from "./judge/journal-unread.ts";
export type { RecordedExchange } from "./record/kept-exchange.ts";
export type { UnreadRequest } from "./record/unread-request.ts";
export type { JournalSnapshot } from "./judge/journal.ts";
export { formatSum } from "./report/format-sum.ts";
export { printable } from "./text/printable.ts";
export type { ClientReport, Report } from "./report/report.ts";
export { checkScenario, type ScenarioCheck, type ScenarioProblem } from "./scenario/check/check-scenario.ts";
export type { ParseScenarioOptions, ScenarioSource } from "./scenario/read/extend-scenario.ts";
export { parseScenario } from "./scenario/read/parse-scenario.ts";
export type { ScenarioRowBuilder } from "./scenario/row-builder.ts";
export type { Scenario } from "./settings/scenario/scenario.ts";

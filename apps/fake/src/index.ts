export type { AskedPermissions } from "./evidence/asked-permissions.ts";
export type { Evidence } from "./evidence/evidence.ts";
export { RULES_VERSION } from "./evidence/rules-version.ts";
export type { FakePrincipal, PolicySource } from "./terms/fake-principal.ts";
export { type RecordedEntry, type RecordedPermissions, recordedPermissions } from "./judge/recorded-permissions.ts";
export type { CheckName } from "./exchange/check-name.ts";
export type { FaultDetails } from "./terms/fault-details.ts";
export type { RuleId } from "./rules/rule-id.ts";
export type { RequiredPermission } from "./exchange/permission.ts";
export type { ConfiguredProfile } from "./settings/configured-profile.ts";
export { FakeError, type FakeErrorCode, type InputErrorCode } from "./input/fake-error.ts";
export { parseConfiguration, type ParseConfigurationOptions } from "./configure/parse-configuration.ts";
export { type ClientEnvironment, createClientEnvironment, type FakeAddress } from "./environment/client-environment.ts";
export type { Caller, CheckResult, Exchange, Route } from "./exchange/exchange.ts";
export type { ReceivedRequest, WireReply } from "./terms/wire.ts";
export { type Facts, UNCERTAIN_FACTS } from "./terms/uncertain-facts.ts";
export { createFake, type Fake, type InProcessOptions } from "./fake.ts";
export type { FakeCore, FakeCoreOptions } from "./create/fake-core.ts";
export { FAULTS, type FaultName } from "./terms/faults.ts";
export { OPERATIONS } from "./operations/operations.ts";
export { type Operation } from "./exchange/operation.ts";
export { type FakeOptions, type Workspace } from "./settings/fake-options.ts";
export { type AcceptedApiKey, type AcceptedSsoToken } from "./terms/accepted-key.ts";
export type { FakeTimers } from "./settings/fake-timers.ts";
export { EXAMPLE_CREDENTIALS } from "./settings/example-credentials.ts";
export type { Provider } from "./terms/provider.ts";
export type { JournalEntry } from "./judge/journal-entry.ts";
export type { JournalCounts, JournalStore } from "./judge/journal-store.ts";
export type { JournalTools, KeptForEvidence } from "./judge/journal-tools.ts";
export type { JournalUnread } from "./judge/journal-unread.ts";
export type { RecordedExchange } from "./record/kept-exchange.ts";
export type { UnreadRequest } from "./record/unread-request.ts";
export type { Journal, JournalSnapshot } from "./judge/journal.ts";
export { formatGithubAnnotations } from "./report/format-github-annotations.ts";
export { formatReport, type FormatReportOptions, type ReportFormat } from "./report/format-report.ts";
export { type FakeReportFormat, formatFakeReport, type ReportedFake } from "./report/format-fake-report.ts";
export { formatHtmlReport, type HtmlReportOptions } from "./report/html/format-html-report.ts";
export type { RefusedHost } from "./stores/refused-hosts.ts";
export type { ClientReport, FirstFailure, Report, RuleResult } from "./report/report.ts";
export type { Finding, Rule, RuleGroup } from "./rules/rule.ts";
export { RULES } from "./rules/rules.ts";
export { checkScenario, type ScenarioCheck, type ScenarioProblem } from "./scenario/check/check-scenario.ts";
export type { ParseScenarioOptions, ScenarioSource } from "./scenario/read/extend-scenario.ts";
export { parseScenario } from "./scenario/read/parse-scenario.ts";
export type { ScenarioRowBuilder } from "./scenario/row-builder.ts";
export type { Scenario } from "./settings/scenario/scenario.ts";
export type { ScenarioFault, ScenarioFaultKind } from "./settings/scenario/scenario-fault.ts";
export { FAULT_KINDS } from "./scenario/faults/fault-kinds.ts";
export type {
  FaultFit,
  FaultKind,
  FaultKinds,
  FaultLevel,
  FaultParameter,
  FaultPlaceName,
} from "./scenario/faults/fault-kind.ts";
export type { ScenarioReplier, ScenarioReply } from "./settings/scenario/scenario-reply.ts";
export type { ScenarioRequest } from "./settings/scenario/scenario-request.ts";
export type { ScenarioRow } from "./settings/scenario/scenario-row.ts";
export type { ScenarioScope, ScenarioState } from "./settings/scenario/scenario-state.ts";
export type { ScenarioPattern, ScenarioText } from "./settings/scenario/scenario-text.ts";
export type { ScenarioTiming } from "./settings/scenario/scenario-timing.ts";
export type { ScenarioToolResult, ScenarioWhen } from "./settings/scenario/scenario-when.ts";

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
export { type Facts, UNCERTAIN_FACTS } from "./facts.ts";
export { type FakeCore, createFakeCore } from "./fake-core.ts";
export { type FakeServer, type ServeOptions, serve } from "./listen/serve.ts";
export { EXAMPLE_CREDENTIALS, type FakeOptions } from "./options.ts";
export { formatGithubAnnotations } from "./report/format-github-annotations.ts";
export { formatReport, type FormatReportOptions, type ReportFormat } from "./report/format-report.ts";
export { type FakeReportFormat, formatFakeReport, type ReportedFake } from "./report/format-fake-report.ts";
export { formatHtmlReport, type HtmlReportOptions } from "./report/html/format-html-report.ts";
export type { Report } from "./report/report.ts";
export { parseScenario } from "./scenario/parse-scenario.ts";
export type { Scenario } from "./scenario/scenario.ts";

import type { Refusal } from "./ask-refusals.ts";
import { formatCredentialServices } from "./format-credential-services.ts";
import { formatDiagnoses } from "./format-diagnoses.ts";
import { formatFetchCodes, formatGatewayCodes } from "./format-own-codes.ts";
import { formatProblems } from "./format-problems.ts";
import { formatRefusals } from "./format-refusals.ts";
import type { Language } from "./language.ts";

/**
 * Writes the page that leads from what somebody sees to its cause and its way out.
 *
 * @param refusals What the services answer.
 * @param language In which language.
 * @returns Markdown.
 */
export function formatTroubleshooting(refusals: readonly Refusal[], language: Language): string {
  return `${[
    `# ${language.title}`,
    language.intro,
    formatRefusals(refusals, language),
    formatCredentialServices(language),
    formatProblems(language),
    formatDiagnoses(language),
    formatFetchCodes(language),
    formatGatewayCodes(language),
  ].join("\n\n")}\n`;
}

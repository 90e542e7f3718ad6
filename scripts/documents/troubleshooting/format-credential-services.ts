import type { Language } from "./language.ts";
import { code, source, tableHead, tableRow } from "./markdown.ts";
import { CREDENTIAL_SERVICES, type CredentialService } from "./service-explanations.ts";

/**
 * Writes the errors of the services that give credentials, one table for each.
 *
 * @returns Markdown.
 */
export function formatCredentialServices(language: Language): string {
  const { title, intro } = language.services;
  const note = language.notTranslated === undefined ? [] : [language.notTranslated];
  const tables = CREDENTIAL_SERVICES.map((service) => formatService(service, language));
  return [`## ${title}`, intro, ...note, ...tables].join("\n\n");
}

function formatService({ title, source: page, errors }: CredentialService, { columns, labels }: Language): string {
  const rows = errors.map((error) => tableRow(error.statuses.join(", "), code(error.code), error.cause, error.fix));
  const table = [tableHead(columns.status, columns.type, labels.cause, labels.fix), ...rows].join("\n");
  return `### ${title}\n\n${table}\n\n${labels.source}: ${source(page)}`;
}

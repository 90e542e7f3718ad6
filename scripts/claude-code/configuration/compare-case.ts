import { comparableRecording, type PlannedCase } from "../../../packages/fetch/test/plan-case.ts";
import type { RecordedCase } from "../../../fixtures/index.ts";

/** A field in which a client and the tables do not agree. */
export interface CaseDifference {
  readonly field: string;
  /** What the client did. */
  readonly client: unknown;
  /** What the tables say that it does. */
  readonly tables: unknown;
}

/**
 * Compares what a client did with what is planned.
 *
 * @param expected What the client did.
 * @param planned What is planned.
 * @returns The fields that differ; none where both agree.
 */
export function compareCase(expected: RecordedCase["expect"], planned: PlannedCase): readonly CaseDifference[] {
  const client = flatten(comparableRecording(expected));
  const tables = flatten(planned);
  return [...new Set([...Object.keys(client), ...Object.keys(tables)])]
    .filter((field) => JSON.stringify(client[field]) !== JSON.stringify(tables[field]))
    .map((field) => ({ field, client: client[field], tables: tables[field] }));
}

/** Writes differences as lines of a report. */
export function formatDifferences(name: string, differences: readonly CaseDifference[]): readonly string[] {
  const show = (value: unknown): string => JSON.stringify(value) ?? "nothing";
  return differences.map(
    ({ field, client, tables }) => `${name}: ${field}: the client ${show(client)}, the tables ${show(tables)}`,
  );
}

/** Lays the fields of the authentication beside the others. */
function flatten(planned: PlannedCase): Readonly<Record<string, unknown>> {
  if (!("auth" in planned)) return { ...planned };
  const { auth, ...rest } = planned;
  return {
    ...rest,
    ...Object.fromEntries(Object.entries(auth).map(([field, value]) => [`auth.${field}`, value])),
  };
}

import { configurationRecordings, readJsonLines, type RecordedCase } from "../../../fixtures/index.ts";

/**
 * Counts the runs of Claude Code with which the tests compare plans.
 *
 * @returns A sentence.
 */
export function formatRecordedRuns(): string {
  const releases = configurationRecordings().flatMap(({ path, clientVersion }) =>
    readJsonLines<RecordedCase>(path).map((recorded) => recorded.clientVersion ?? clientVersion),
  );
  const counts = [...Map.groupBy(releases, (release) => release)].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const each = counts.map(([release, runs]) => `${runs.length.toLocaleString("en")} of Claude Code ${release}`);
  return `The tests hold ${releases.length.toLocaleString("en")} recorded runs, ${each.join(" and ")}; each agrees with its plan, field by field.`;
}

import { writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { configurationRecordings, readJsonLines, type RecordedCase } from "../../../fixtures/index.ts";
import { LATEST_CLIENT_VERSION } from "../../../packages/endpoints/src/index.ts";
import { formatDifferences } from "./compare-case.ts";
import { distinctCases, newRecordings, replayCases } from "./replay-cases.ts";

/** What came of replaying the recorded configurations. */
export interface LearnedRelease {
  readonly configurations: number;
  /** How many of them the tables do not foresee. */
  readonly differing: number;
  /** File of the new recordings. */
  readonly recordings: string;
}

/** Options for {@link learnRelease}. */
export interface LearnReleaseOptions {
  /** Path of the program. */
  readonly program: string;
  /** Its release. */
  readonly version: string;
  /** Told what is going on, and each difference. */
  readonly say: (line: string) => void;
  /**
   * Folder for the new recordings.
   *
   * @default {fixtures/configuration}
   */
  readonly folder?: string | undefined;
}

const PROGRESS_EVERY = 100;
const RECORDINGS_FOLDER = fileURLToPath(new URL("../../../fixtures/configuration/", import.meta.url));

/**
 * Replays every recorded configuration against a release, says where it differs from the tables, and writes what it did.
 *
 * @param options The program, its release, and who is told.
 * @returns How many there were, and how many differ.
 */
export async function learnRelease(options: LearnReleaseOptions): Promise<LearnedRelease> {
  const { program, version, say, folder = RECORDINGS_FOLDER } = options;
  const recordings = configurationRecordings().flatMap(({ path, clientVersion }) =>
    readJsonLines<RecordedCase>(path).map((row) => ({ clientVersion, ...row, path })),
  );
  const cases = distinctCases(recordings);
  say(`Replaying ${cases.length} configurations against Claude Code ${version}`);
  let done = 0;
  let differing = 0;
  const replayed = await replayCases({
    cases,
    program,
    version,
    jobs: availableParallelism(),
    onReplayed: ({ recorded, differences }) => {
      done += 1;
      if (differences.length > 0) differing += 1;
      for (const line of formatDifferences(recorded.name, differences)) say(`  ${line}`);
      if (done % PROGRESS_EVERY === 0) say(`  ${done} of ${cases.length}`);
    },
  });
  const file = `${folder}/replayed-${version}.jsonl`.replace("//", "/");
  const others = recordings.filter(({ path }) => !file.endsWith(path));
  const added = newRecordings(
    replayed.map(({ recorded }) => recorded),
    others,
  );
  await writeFile(file, added.map((row) => `${JSON.stringify(row)}\n`).join(""));
  say(`${cases.length - differing} of ${cases.length} are as the tables say; ${added.length} recorded anew in ${file}`);
  if (differing > 0) {
    say(
      `Add rows with the version ${version} to the tables (packages/models/src/aliases.ts and its neighbours, packages/env/src) until the tests of packages/fetch pass.`,
    );
  }
  if (version !== LATEST_CLIENT_VERSION) {
    say(`Then set LATEST_CLIENT_VERSION, now ${LATEST_CLIENT_VERSION}, in packages/endpoints/src.`);
  }
  return { configurations: cases.length, differing, recordings: file };
}

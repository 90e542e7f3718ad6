import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createAuthority } from "../../../apps/fake/src/tls/authority.ts";
import { writeCertificateFile } from "../../../apps/fake/src/tls/certificate-file.ts";
import type { ConfigurationCase, RecordedCase } from "../../../fixtures/index.ts";
import { comparableRecording, planCase } from "../../../packages/fetch/test/plan-case.ts";
import { type CaseDifference, compareCase } from "./compare-case.ts";
import { recordCase } from "./record-case.ts";

/** Options for {@link replayCases}. */
export interface ReplayCasesOptions {
  readonly cases: readonly ConfigurationCase[];
  /** Path of the program. */
  readonly program: string;
  /** Its release. */
  readonly version: string;
  /** How many run at a time. */
  readonly jobs: number;
  /** Told of each case that was replayed, in the order in which they end. */
  readonly onReplayed: (replayed: ReplayedCase) => void;
  /**
   * Runs the program with a configuration.
   *
   * @default {recordCase}
   */
  readonly record?: typeof recordCase | undefined;
}

/** A case as a release was seen to behave. */
export interface ReplayedCase {
  readonly recorded: RecordedCase;
  /** Where the tables say something else of this release. */
  readonly differences: readonly CaseDifference[];
}

/**
 * Replays configurations against a program, and compares what it sends with what is planned. One that differs is replayed
 * a second time before it counts: a machine that is busy is no change of the client.
 *
 * @param options The cases and the program.
 * @returns The new recordings, in the order of the cases.
 */
export async function replayCases(options: ReplayCasesOptions): Promise<readonly ReplayedCase[]> {
  const { cases, program, version, jobs, onReplayed, record = recordCase } = options;
  const parent = await mkdtemp(join(tmpdir(), "claude-code-configurations-"));
  const authority = createAuthority(new Date());
  const { path: certificateFile } = await writeCertificateFile(authority.certificate, parent);
  const results: ReplayedCase[] = [];
  let next = 0;
  const replay = async (configuration: ConfigurationCase): Promise<ReplayedCase> => {
    const folder = await mkdtemp(join(parent, "case-"));
    const { expect } = await record(configuration, { program, folder, authority, certificateFile });
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    const planned = await planCase(configuration, version);
    const recorded = { ...inputOf(configuration), expect, clientVersion: version };
    return { recorded, differences: compareCase(expect, planned) };
  };
  const work = async (): Promise<void> => {
    for (let index = next++; index < cases.length; index = next++) {
      const configuration = cases[index];
      if (configuration === undefined) return;
      let replayed = await replay(configuration);
      if (replayed.differences.length > 0) replayed = await replay(configuration);
      results[index] = replayed;
      onReplayed(replayed);
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.max(1, jobs) }, work));
  } finally {
    await rm(parent, { recursive: true, force: true, maxRetries: 3 });
  }
  return results;
}

/**
 * Collects the configurations of recordings, each once.
 *
 * @param recordings The rows of every recording, the newest last.
 * @returns The configurations, without what came of them.
 */
export function distinctCases(recordings: readonly ConfigurationCase[]): readonly ConfigurationCase[] {
  const cases = new Map<string, ConfigurationCase>();
  for (const recorded of recordings) {
    const key = keyOf(recorded);
    if (!cases.has(key)) cases.set(key, inputOf(recorded));
  }
  return [...cases.values()];
}

/**
 * Leaves out what is recorded already.
 *
 * @param replayed What a release did.
 * @param recordings The rows of every recording.
 * @returns The rows of which no recording of the same release says the same.
 */
export function newRecordings(
  replayed: readonly RecordedCase[],
  recordings: readonly RecordedCase[],
): readonly RecordedCase[] {
  const versionKey = (row: RecordedCase): string => `${row.clientVersion} ${keyOf(row)}`;
  const known = new Map(recordings.map((row) => [versionKey(row), row.expect]));
  return replayed.filter((row) => {
    const expect = known.get(versionKey(row));
    return (
      expect === undefined ||
      JSON.stringify(comparableRecording(expect)) !== JSON.stringify(comparableRecording(row.expect))
    );
  });
}

/** What tells configurations apart: everything but the name. */
function keyOf(recorded: ConfigurationCase): string {
  const { name: _name, ...input } = inputOf(recorded);
  return JSON.stringify(input);
}

function inputOf(recorded: ConfigurationCase): ConfigurationCase {
  const { name, env, model, settings, projectSettings, localSettings, awsFiles, files, folder, listedProfiles } =
    recorded;
  return {
    name,
    env,
    model,
    settings,
    ...(projectSettings === undefined ? {} : { projectSettings }),
    ...(localSettings === undefined ? {} : { localSettings }),
    awsFiles,
    ...(files === undefined ? {} : { files }),
    ...(folder === undefined ? {} : { folder }),
    listedProfiles,
  };
}

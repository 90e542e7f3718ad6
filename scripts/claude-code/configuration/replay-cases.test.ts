import { describe, expect, test } from "vitest";
import { configurationRecordings, readJsonLines, type RecordedCase } from "../../../fixtures/index.ts";
import type { recordCase } from "./record-case.ts";
import { distinctCases, newRecordings, replayCases } from "./replay-cases.ts";

const { path, clientVersion: version } = configurationRecordings().find((row) => row.path.endsWith("/cases.jsonl"))!;
const cases = readJsonLines<RecordedCase>(path).slice(0, 20);
const expectOf = (name: string): RecordedCase["expect"] => cases.find((row) => row.name === name)!.expect;

/** A program that does what was recorded, but for some cases. */
function program(change: (name: string, run: number) => Partial<RecordedCase["expect"]>) {
  const runs: string[] = [];
  const record: typeof recordCase = async ({ name }) => {
    runs.push(name);
    const run = runs.filter((other) => other === name).length;
    return { expect: { ...expectOf(name), ...change(name, run) }, standardError: "", status: 0 };
  };
  return { record, runs };
}

const replay = (record: typeof recordCase) =>
  replayCases({ cases, program: "claude", version, jobs: 3, onReplayed: () => {}, record });

describe("replayCases()", () => {
  test("records every case, in the order given, once where it agrees", async () => {
    const { record, runs } = program(() => ({}));
    const replayed = await replay(record);
    expect(replayed.map(({ recorded }) => recorded.name)).toEqual(cases.map(({ name }) => name));
    expect(replayed.flatMap(({ differences }) => differences)).toEqual([]);
    expect(replayed.every(({ recorded }) => recorded.clientVersion === version)).toBe(true);
    expect(runs).toHaveLength(cases.length);
  });

  test("counts a difference only where it is there twice", async () => {
    const [busy, changed] = [cases[3]!.name, cases[7]!.name];
    const { record, runs } = program((name, run) =>
      name === changed || (name === busy && run === 1) ? { target: "/elsewhere" } : {},
    );
    const replayed = await replay(record);
    const differing = replayed.filter(({ differences }) => differences.length > 0);
    expect(differing.map(({ recorded }) => recorded.name)).toEqual([changed]);
    expect(runs).toHaveLength(cases.length + 2);
  });
});

test("newRecordings() leaves out what the same release is recorded to do, whatever its name", () => {
  const rows = cases.map((row) => ({ ...row, clientVersion: version }));
  const renamed = rows.map((row) => ({ ...row, name: `${row.name} again` }));
  expect(newRecordings(renamed, rows)).toEqual([]);
  const [first, second] = rows;
  const changed = { ...first!, expect: { ...first!.expect, target: "/elsewhere" } as RecordedCase["expect"] };
  const newer = { ...second!, clientVersion: "99.0.0" };
  expect(newRecordings([changed, newer, ...rows.slice(2)], rows)).toEqual([changed, newer]);
});

test("distinctCases() takes each configuration once, whatever its name", () => {
  const again = cases.map((row) => ({ ...row, name: `${row.name} again` }));
  const distinct = distinctCases([...cases, ...again]);
  expect(distinct).toHaveLength(new Set(cases.map(({ name }) => name)).size);
  expect(distinct.every((row) => !("expect" in row))).toBe(true);
});

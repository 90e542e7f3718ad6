import { configurationRecordings, readJsonLines, type RecordedCase, wholeOnBun } from "@claude-on-aws/fixtures";
import { describe, expect, test } from "vitest";
import { comparableRecording, planCase } from "./plan-case.ts";

const recordings = configurationRecordings().map(({ path, clientVersion }) => ({
  path,
  cases: readJsonLines<RecordedCase>(path).map((row) => ({
    ...row,
    clientVersion: row.clientVersion ?? clientVersion,
  })),
}));

test("every recorded case is there to agree with", () => {
  expect(Object.fromEntries(recordings.map(({ path, cases }) => [path, cases.length]))).toMatchObject({
    "configuration/cases.jsonl": 157,
    "configuration/further-cases.jsonl": 569,
    "configuration/cases-2.1.332.jsonl": 223,
    "configuration/further-cases-2.1.332.jsonl": 280,
    "configuration/replayed-2.1.332.jsonl": 569,
    "configuration/project-cases-2.1.332.jsonl": 240,
    "configuration/drawn-cases-2.1.332.jsonl": 209,
  });
});

describe.each(recordings)("planRequest() for $path", ({ cases }) => {
  test.each(wholeOnBun(cases, 6))("agrees with Claude Code $clientVersion on $name", async (recorded) => {
    const plan = await planCase(recorded, recorded.clientVersion);
    expect(plan).toEqual(comparableRecording(recorded.expect));
  });
});

import { describe, expect, test } from "vitest";
import type { ScenarioRow } from "../../settings/scenario/scenario-row.ts";
import { findIdleFaults } from "./find-idle-faults.ts";

const placesOf = (...rows: ScenarioRow[]): string[] =>
  findIdleFaults(rows).map(({ index, path }) => `${index} ${path}`);

describe("findIdleFaults()", () => {
  test.each<[when: ScenarioRow["when"], kind: "bad-checksum" | "unfinished" | "revoked-workspace"]>([
    [{ provider: "anthropic-aws" }, "bad-checksum"],
    [{ provider: "mantle" }, "bad-checksum"],
    [{ operation: ["Converse", "InvokeModel"] }, "bad-checksum"],
    [{ operation: "Converse" }, "unfinished"],
    [{ operation: "ListModels" }, "unfinished"],
    [{ provider: "bedrock" }, "revoked-workspace"],
  ])("finds that of the requests %j none is struck by %s", (when, kind) => {
    expect(placesOf({ when, fault: { kind } })).toEqual(["0 fault.kind"]);
    expect(placesOf({}, { when, reply: {}, fault: [{ kind: "cut" }, { kind }] })).toEqual(["1 fault[1].kind"]);
  });

  test.each<ScenarioRow>([
    { fault: { kind: "bad-checksum" } },
    { when: { provider: "bedrock" }, fault: { kind: "bad-checksum" } },
    { when: { operation: ["Converse", "ConverseStream"] }, fault: { kind: "unfinished" } },
    { when: { operation: "CreateMessage" }, fault: { kind: "unfinished" } },
    { when: { operation: "ListModels" }, fault: { kind: "revoked-workspace" } },
    { when: { operation: "Converse" }, fault: { kind: "cut", afterEvents: 1 } },
    { reply: { text: "a" } },
  ])("finds nothing in %j", (row) => {
    expect(placesOf(row)).toEqual([]);
  });
});

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { main } from "../main.ts";

const FILES = {
  "good.json": '{ "extends": ["./base.json"], "replies": [{ "times": 1, "reply": { "text": "a" } }] }',
  "base.json": '{ "replies": [{ "name": "last", "reply": { "text": "b" } }] }',
  "wrong.json": `{
  "extends": "./typo.json",
  "replies": [
    { "reply": { "text": 1 } },
    { "when": { "turn": 0 }, "reply": { "text": "a" } },
    {
      "times": 2
    }
  ]
}`,
  "typo.json": '{\n  "replies": [{ "whem": {}, "reply": {} }] }',
  "no.json": '{\n  "replies": [\n    {,}\n  ]\n}',
  "one.json": '{ "extends": "./two.json", "replies": [] }',
  "two.json": '{\n "extends": ["./one.json"] }',
  "missing.json": '{ "extends": "./nowhere.json", "replies": [] }',
  "shadowed.json": `{ "replies": [
  { "when": { "text": "rain" }, "reply": { "text": "a" } },
  { "when": { "text": "it will rain", "turn": 2 }, "reply": { "text": "b" } },
  { "state": { "was": "later" }, "reply": { "text": "c" } }
] }`,
};
let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "check-"));
  for (const [name, text] of Object.entries(FILES)) await writeFile(join(folder, name), text);
});
afterAll(() => rm(folder, { recursive: true }));

async function check(...args: string[]): Promise<{ status: number; out: string; error: string }> {
  const out: string[] = [];
  const error: string[] = [];
  const terminal = { out: (line: string) => out.push(line), error: (line: string) => error.push(line), colour: false };
  const status = await main(["fake", "check", ...args], terminal as never);
  const plain = (lines: readonly string[]): string => lines.join("\n").replaceAll(join(folder, "/"), "");
  return { status, out: plain(out), error: plain(error) };
}

test("fake check finds nothing in a scenario that is well", async () => {
  expect(await check(join(folder, "good.json"))).toEqual({
    status: 0,
    out: "good.json: 2 rows, nothing wrong",
    error: "",
  });
});

test("fake check says what is wrong with each row, and where", async () => {
  const { status, out } = await check(join(folder, "wrong.json"));
  expect(status).toBe(1);
  expect(out.split("\n").map((line) => line.split(": found ")[0])).toEqual([
    "wrong.json:4:26: SCENARIO_VALUE at replies[0].reply.text",
    "wrong.json:5:25: SCENARIO_VALUE at replies[1].when.turn",
    "wrong.json:6:5: SCENARIO_KEY at replies[2]",
    "typo.json:2:15: SCENARIO_KEY at replies[0]",
  ]);
  expect(out).toContain("did you mean when?");
});

test("fake check says where a text is no JSON", async () => {
  expect(await check(join(folder, "no.json"))).toMatchObject({
    status: 1,
    out: expect.stringMatching(/^no\.json:3:6: SCENARIO_JSON: /),
  });
});

test("fake check names the circle in which files extend each other", async () => {
  const { status, out } = await check(join(folder, "one.json"));
  expect([status, out]).toEqual([
    1,
    expect.stringContaining(
      "two.json:2:14: SCENARIO_VALUE at extends[0]: found a circle, one.json → two.json → one.json",
    ),
  ]);
});

test("fake check names rows that no request meets, as JSON too", async () => {
  const { status, out } = await check(join(folder, "shadowed.json"), "--json");
  expect(status).toBe(1);
  expect(JSON.parse(out)).toMatchObject({
    rows: 3,
    problems: [
      {
        code: "ROW_UNREACHABLE",
        line: 3,
        column: 3,
        path: "replies[1]",
        found: "a row behind replies[0], which answers all that fits it",
      },
      { code: "ROW_UNREACHABLE", line: 4, column: 23, path: "replies[2].state.was" },
    ],
  });
});

test.each([
  ["no file", [], "No file was given"],
  ["two files", ["a", "b"], 'Unexpected argument "b"'],
  ["a file that is not there", ["nowhere.json"], "Cannot read nowhere.json"],
])("fake check exits with 2 for %s", async (_, args, message) => {
  const { status, error } = await check(...args);
  expect([status, error]).toEqual([2, expect.stringContaining(message)]);
});

test("fake check exits with 2 where what a file extends cannot be read", async () => {
  const { status, error } = await check(join(folder, "missing.json"));
  expect([status, error]).toEqual([
    2,
    // The name of a temporary folder may look like a secret: then it is hidden.
    expect.stringMatching(/nowhere\.json, which .*missing\.json extends: .* relative to the file that extends it$/),
  ]);
});

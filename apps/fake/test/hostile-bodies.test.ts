import { SOAK } from "@claude-on-aws/fixtures";
import { describe, expect, test } from "vitest";
import { makeFromSchema, SCHEMA_WORK } from "../src/answer/make-from-schema.ts";
import { WorkBudget, WorkExceeded } from "../src/input/work-budget.ts";
import { createFakeCore, type FakeCore } from "../src/server.ts";
import type { WireReply } from "../src/terms/wire.ts";
import { HOSTILE_SCHEMAS } from "./support/hostile-schemas.ts";
import { BEDROCK_KEY, WORKSPACE_ID, WORKSPACE_KEY } from "./support/start-fake.ts";

const fake = createFakeCore();
const messages = [{ role: "user", content: "hello" }];

const post = (
  target: string,
  body: string,
  headers: readonly (readonly [string, string])[],
  core = fake,
): Promise<WireReply> =>
  core.handle({
    method: "POST",
    target,
    headers: [["host", "127.0.0.1"], ["content-type", "application/json"], ...headers],
    httpVersion: "1.1",
    body: new TextEncoder().encode(body),
    wire: "received",
  });

const createMessage = (body: string, core = fake): Promise<WireReply> =>
  post(
    "/v1/messages",
    body,
    [
      ["x-api-key", WORKSPACE_KEY],
      ["anthropic-version", "2023-06-01"],
      ["anthropic-workspace-id", WORKSPACE_ID],
    ],
    core,
  );
const bedrock = (action: string, body: string): Promise<WireReply> =>
  post(`/model/us.anthropic.claude-sonnet-4-5-20250929-v1%3A0/${action}`, body, [
    ["authorization", `Bearer ${BEDROCK_KEY}`],
  ]);

/** The request in the shape of each operation that reads a schema; `place` becomes JSON where the schema stands. */
const ASKED: Readonly<Record<string, (place: string, core?: FakeCore) => Promise<WireReply>>> = {
  "a tool": (place, core) =>
    createMessage(
      `{"model":"claude-sonnet-4-6","max_tokens":100000,"messages":${JSON.stringify(messages)},"tool_choice":{"type":"any"},
      "tools":[{"name":"t","input_schema":{"type":"object","required":["a"],"properties":{"a":${place}}}}]}`,
      core,
    ),
  "the output": (place) =>
    createMessage(
      `{"model":"claude-sonnet-4-6","max_tokens":100000,"messages":${JSON.stringify(messages)},
      "output_config":{"format":{"type":"json_schema","schema":${place}}}}`,
    ),
  "a tool of Converse": (place) =>
    bedrock(
      "converse",
      `{"messages":[{"role":"user","content":[{"text":"hello"}]}],"toolConfig":{"toolChoice":{"any":{}},
      "tools":[{"toolSpec":{"name":"t","inputSchema":{"json":{"type":"object","required":["a"],"properties":{"a":${place}}}}}}]}}`,
    ),
  "the output of Converse": (place) =>
    bedrock(
      "converse",
      `{"messages":[{"role":"user","content":[{"text":"hello"}]}],
      "outputConfig":{"textFormat":{"type":"json_schema","structure":{"jsonSchema":{"schema":${JSON.stringify(place)}}}}}}`,
    ),
};

/** References lead from the root of the schema of a tool: what is in `a` must be found from there. */
const atTheRoot = (schema: string): string => schema.replaceAll("#/$defs/", "#/properties/a/$defs/");

const SIZES = [40, 400, 4_000];

/** One size for each place, the next one for the next: each schema, place and size meet in pairs. At full length, all. */
const sizesOf = (schema: number, place: number): readonly number[] =>
  SOAK ? SIZES : SIZES.slice((schema + place) % SIZES.length).slice(0, 1);

const SCHEMAS = Object.entries(HOSTILE_SCHEMAS).map(([name, schema], row) => [name, schema, row] as const);
const PLACED = Object.entries(ASKED).map(([name, ask], column) => [name, ask, column] as const);

describe.each(SCHEMAS)("a schema with %s", (_, schema, row) => {
  test.each(PLACED)("of %s is answered, or refused as the client's mistake", async (asked, ask, column) => {
    for (const n of sizesOf(row, column)) {
      const { status } = await ask(asked.includes("output") ? schema(n) : atTheRoot(schema(n)));
      expect([200, 400]).toContain(status);
    }
  });

  test("takes steps that grow no faster than it does", () => {
    const taken = (n: number): number => {
      const budget = new WorkBudget(SCHEMA_WORK);
      try {
        makeFromSchema(JSON.parse(schema(n)), {}, budget);
      } catch (error) {
        if (!(error instanceof WorkExceeded)) throw error;
        return 0;
      }
      return budget.taken;
    };
    // What is refused took as many steps as it may.
    expect(taken(200)).toBeLessThanOrEqual(6 * Math.max(taken(50), 100));
    expect(taken(4_000)).toBeLessThanOrEqual(SCHEMA_WORK.maxSteps);
  });
});

test("says in the words of the service that a schema is too complex", async () => {
  const place = atTheRoot(HOSTILE_SCHEMAS["a chain of references by allOf"]?.(1_000) ?? "");
  // Of its own, since the journal says of each exchange that it has what was wrong.
  const core = createFakeCore();
  const reply = await ASKED["a tool"]?.(place, core);
  expect(reply?.status).toBe(400);
  expect(JSON.parse(new TextDecoder().decode(reply?.body as Uint8Array))).toMatchObject({
    type: "error",
    error: { type: "invalid_request_error", message: "Schema is too complex for compilation" },
  });
  const [exchange] = core.journal.snapshot().exchanges;
  expect(exchange?.checks.at(-1)).toMatchObject({ check: "body", fault: { name: "body-invalid" } });
});

const DEEP: Readonly<Record<string, string>> = {
  arrays: "[".repeat(100_000) + "]".repeat(100_000),
  objects: '{"a":'.repeat(100_000) + "1" + "}".repeat(100_000),
};
const PLACES: Readonly<Record<string, (deep: string) => Promise<WireReply>>> = {
  "a constant": (deep) => ASKED["a tool"]?.(`{"const":${deep}}`) as Promise<WireReply>,
  "a constant of the output": (deep) => ASKED["the output of Converse"]?.(`{"const":${deep}}`) as Promise<WireReply>,
  "a message": (deep) => createMessage(`{"model":"claude-sonnet-4-6","max_tokens":9,"messages":[${deep}]}`),
  "the input of a tool": (deep) =>
    createMessage(
      `{"model":"claude-sonnet-4-6","max_tokens":9,"messages":[{"role":"user","content":"a"},
      {"role":"assistant","content":[{"type":"tool_use","id":"toolu_1","name":"t","input":{"a":${deep}}}]},
      {"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_1","content":"b"}]}]}`,
    ),
  "the result of a tool of Converse": (deep) =>
    bedrock(
      "converse",
      `{"messages":[{"role":"user","content":[{"text":"a"}]},
      {"role":"assistant","content":[{"toolUse":{"toolUseId":"t1","name":"t","input":{}}}]},
      {"role":"user","content":[{"toolResult":{"toolUseId":"t1","content":[{"json":{"a":${deep}}}]}}]}],
      "toolConfig":{"tools":[{"toolSpec":{"name":"t","inputSchema":{"json":{"type":"object"}}}}]}}`,
    ),
  "additional fields of Converse": (deep) =>
    bedrock(
      "converse",
      `{"messages":[{"role":"user","content":[{"text":"a"}]}],"additionalModelRequestFields":{"a":${deep}}}`,
    ),
  "a body that is counted": (deep) =>
    bedrock("count-tokens", JSON.stringify({ input: { invokeModel: { body: btoa(`{"messages":${deep}}`) } } })),
  "the whole body": (deep) => bedrock("invoke", deep),
};

describe.each(Object.entries(PLACES))("JSON that nests 100,000 levels deep in %s", (place, ask) => {
  test.each(Object.entries(DEEP))("of %s is refused as the client's mistake", async (_, deep) => {
    const { status } = await ask(deep);
    // A schema that is text and cannot be read is left alone.
    expect(status).toBe(place.endsWith("the output") ? 200 : 400);
    expect(fake.report()).toBeDefined();
  });
});

test("says where JSON that is too deep differs from what is none", async () => {
  const refused = await createMessage(DEEP["arrays"] ?? "");
  expect(new TextDecoder().decode(refused.body as Uint8Array)).toContain("nest deeper than 1000 levels");
});

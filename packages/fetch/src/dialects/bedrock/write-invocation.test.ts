import { Random, soakLength } from "@claude-on-aws/fixtures";
import { describe, expect, test } from "vitest";
import { BETA_FIELDS, BETAS } from "@claude-on-aws/models";
import { FIELD_DECISIONS } from "./field-decisions.ts";
import { writeInvocation } from "./write-invocation.ts";

const ENCODER = new TextEncoder();
const DECODER = new TextDecoder();

const write = (json: string, betas: readonly string[] = [], model = "us.anthropic.claude-sonnet-4-5-20250929-v1:0") => {
  const { body, translations } = writeInvocation(ENCODER.encode(json), { betas, unknownBetas: "drop", model });
  return { text: DECODER.decode(body), translations };
};

describe("writeInvocation()", () => {
  test("takes out what stands in the path, and adds the version", () => {
    const { text, translations } = write('{"model":"sonnet", "max_tokens": 1.0,"stream":true,"messages":[ ]}');

    expect(text).toBe('{"max_tokens": 1.0,"messages":[ ],"anthropic_version":"bedrock-2023-05-31"}');
    expect(translations.map(({ action, subject, before }) => [action, subject, before])).toEqual([
      ["move", "body.model", '"sonnet"'],
      ["move", "body.stream", "true"],
      ["set", "body.anthropic_version", null],
    ]);
  });

  test.each<[name: string, before: string, after: string]>([
    ["nothing but these", '{"model":"a","stream":true}', '{"anthropic_version":"bedrock-2023-05-31"}'],
    ["nothing", "{ }", '{ "anthropic_version":"bedrock-2023-05-31"}'],
    ["these at the end", '{"a":1,"model":"a" , "stream":true }', '{"a":1 ,"anthropic_version":"bedrock-2023-05-31"}'],
    ["an escaped name", '{"\\u006dodel":"a","a":1}', '{"a":1,"anthropic_version":"bedrock-2023-05-31"}'],
    ["a version of its own", '{"anthropic_version":"x","model":"a"}', '{"anthropic_version":"x"}'],
    [
      "a scope in markers, and one that is the client's own",
      '{"tools":[{"name":"a","input_schema":{"cache_control":{"scope":1}},"cache_control":{"type":"ephemeral","scope":"global"}}]}',
      '{"tools":[{"name":"a","input_schema":{"cache_control":{"scope":1}},"cache_control":{"type":"ephemeral"}}],"anthropic_version":"bedrock-2023-05-31"}',
    ],
    [
      "a scope in a result and at the top",
      '{"cache_control":{"scope":"a","type":"ephemeral"},"messages":[{"role":"user","content":[{"content":[{"cache_control":{"scope":1}}]}]}]}',
      '{"cache_control":{"type":"ephemeral"},"messages":[{"role":"user","content":[{"content":[{"cache_control":{}}]}]}],"anthropic_version":"bedrock-2023-05-31"}',
    ],
  ])("writes a body with %s", (_, before, after) => {
    expect(write(before).text).toBe(after);
  });

  test("moves betas into the body, under the names that they have there", () => {
    const { text, translations } = write('{"a":1}', [
      "context-1m-2025-08-07",
      "advanced-tool-use-2025-11-20",
      "prompt-caching-scope-2026-01-05",
      "of-tomorrow-2027-01-01",
      "context-1m-2025-08-07",
    ]);

    expect(JSON.parse(text).anthropic_beta).toEqual(["context-1m-2025-08-07", "tool-search-tool-2025-10-19"]);
    expect(
      translations.filter(({ subject }) => subject === "header.anthropic-beta").map((each) => each.action),
    ).toEqual(["move", "move", "drop", "drop"]);
  });

  test("keeps the body's own betas, whatever they are", () => {
    const { text } = write('{"anthropic_beta":["mine"],"a":1}', ["context-1m-2025-08-07"]);

    expect(text).toBe(
      '{"anthropic_beta":["mine","context-1m-2025-08-07"],"a":1,"anthropic_version":"bedrock-2023-05-31"}',
    );
  });

  test("asks for the beta that a tool needs there, unless one is there that brings it", () => {
    const body =
      '{"tools":[{"type":"text_editor_20250728"},{"type":"bash_20250124"},{"type":"custom","defer_loading":true}]}';

    expect(JSON.parse(write(body).text).anthropic_beta).toEqual([
      "computer-use-2025-01-24",
      "tool-search-tool-2025-10-19",
    ]);
    expect(JSON.parse(write(body, ["computer-use-2025-11-24"]).text).anthropic_beta).toEqual([
      "computer-use-2025-11-24",
      "tool-search-tool-2025-10-19",
    ]);
  });

  test("asks for eager streaming by the beta where the model does not take the field", () => {
    const body = '{"tools":[{"name":"a","eager_input_streaming":true}]}';
    const old = JSON.parse(write(body).text);

    expect(old).toMatchObject({ tools: [{ name: "a" }], anthropic_beta: ["fine-grained-tool-streaming-2025-05-14"] });
    expect(old.tools[0]).not.toHaveProperty("eager_input_streaming");
    expect(JSON.parse(write('{"tools":[{"eager_input_streaming":false}]}').text)).not.toHaveProperty("anthropic_beta");
    expect(JSON.parse(write(body, [], "us.anthropic.claude-opus-5-5").text).tools[0].eager_input_streaming).toBe(true);
  });

  test.each(["anthropic_beta", "anthropic_version"])("refuses %s twice", (name) => {
    expect(() => write(`{"${name}":[],"${name}":["a"]}`)).toThrow(
      expect.objectContaining({ code: "BODY_KEY_REPEATED", message: expect.stringContaining(name) }),
    );
  });

  test.each(["", "[]", "{", '{"a"', '{"a":', '{"a":1', '{"a":1,', '{"a":"', '{"a":[', '{"a":[{]', "{a:1}", '{"a" 1}'])(
    "refuses %j",
    (json) => {
      expect(() => write(json)).toThrow(expect.objectContaining({ code: "BODY_MALFORMED" }));
    },
  );

  test("decides on each field whose betas Amazon Bedrock does not take", () => {
    const taken = BETAS.filter(({ onBedrock }) => onBedrock).map(({ flag }) => flag);
    const lost = BETA_FIELDS.filter(
      ({ betas }) => betas.length > 0 && !taken.some((flag) => betas.some((prefix) => flag.startsWith(prefix))),
    );
    const decided = FIELD_DECISIONS.map(({ path }) => path.join("."));

    expect(lost.length).toBeGreaterThan(3);
    expect(lost.map(({ path }) => path.join(".")).filter((path) => !decided.includes(path))).toEqual([]);
  });
});

/** Writes a value as JSON that another writer might have written: with space, escaped names, numbers of any form. */
function writeLoosely(value: unknown, random: Random): string {
  const space = (): string => random.text(" \n\t", 0, 2);
  if (Array.isArray(value)) return `[${value.map((item) => space() + writeLoosely(item, random) + space()).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value).map(([name, member]) => {
      const key = random.oneIn(4)
        ? `"${[...name].map((char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`).join("")}"`
        : JSON.stringify(name);
      return `${space()}${key}${space()}:${space()}${writeLoosely(member, random)}${space()}`;
    });
    return `{${members.join(",")}}`;
  }
  return JSON.stringify(value);
}

const NOISE: readonly unknown[] = [
  'a "quoted" \\ text ] } , {',
  "\\",
  "ü€😀",
  { scope: { cache_control: { scope: "mine" } }, "": [], type: "computer_20250124" },
  [[[["]"]]], {}, [{ model: "m" }]],
  -1.5e-7,
  null,
  true,
];

const MARKER = { type: "ephemeral", scope: "global", ttl: "1h" };

/** A body, and what Amazon Bedrock has to be sent for it. */
function drawBody(random: Random): { given: Record<string, unknown>; expected: Record<string, unknown> } {
  const drop = { given: {} as Record<string, unknown>, expected: {} as Record<string, unknown> };
  const both = (name: string, given: unknown, expected: unknown = given): void => {
    drop.given[name] = given;
    if (expected !== undefined) drop.expected[name] = expected;
  };
  const marked = (block: object): [object, object] => {
    if (random.oneIn(2)) return [block, block];
    const { scope: _, ...rest } = MARKER;
    return [
      { cache_control: MARKER, ...block },
      { cache_control: rest, ...block },
    ];
  };
  const members: (() => void)[] = [
    () => void (drop.given["model"] = "claude-sonnet-4-5"),
    () => void (drop.given["stream"] = random.oneIn(2)),
    () => void (drop.given["speed"] = random.pick(NOISE)),
    () => void (drop.given["tags"] = random.pick(NOISE)),
    () => both("max_tokens", random.below(9999)),
    () => both("metadata", random.pick(NOISE)),
    () => both("output_config", { task_budget: 1, effort: random.pick(NOISE) }, undefined),
    () => {
      const [given, expected] = marked({ type: "text", text: random.pick(NOISE) });
      both("system", [given, "text", given], [expected, "text", expected]);
    },
    () => {
      const [given, expected] = marked({ name: "a", input_schema: { cache_control: MARKER } });
      both("tools", [given], [expected]);
    },
    () => {
      const [given, expected] = marked({ type: "tool_use", input: { cache_control: MARKER, x: random.pick(NOISE) } });
      const [inner, expectedInner] = marked({ text: random.pick(NOISE) });
      both(
        "messages",
        [
          { role: "user", content: "x" },
          { content: [given, { content: [inner] }], role: "assistant" },
        ],
        [
          { role: "user", content: "x" },
          { content: [expected, { content: [expectedInner] }], role: "assistant" },
        ],
      );
    },
    () => both(`unknown ${random.below(9)}`, random.pick(NOISE)),
  ];
  for (let count = random.below(12); count > 0; count--) random.pick(members)();
  const { output_config: config } = drop.given;
  if (config !== undefined) {
    const { task_budget: _, ...rest } = config as Record<string, unknown>;
    drop.expected["output_config"] = rest;
  }
  drop.expected["anthropic_version"] = "bedrock-2023-05-31";
  return drop;
}

test("writes generated bodies as a reader of their values would", () => {
  const random = new Random(20_261_130);
  for (let run = 0; run < soakLength(100_000, 2_000); run++) {
    const { given, expected } = drawBody(random);
    const json = writeLoosely(given, random);
    const { text, translations } = write(json);

    expect({ json, sent: JSON.parse(text) }).toEqual({ json, sent: expected });
    const before = Object.keys(given).filter((name) => !(name in expected));
    const reported = translations.map(({ subject }) => subject);
    for (const name of before) expect(reported).toContain(`body.${name}`);
  }
});

import { pick, wholeBelow } from "@claude-on-aws/fixtures";
import { CONVERSE_TARGETS, type Json, MESSAGES_TARGETS, type Random, type Target, upTo, word } from "./base-bodies.ts";

/** One thing that is wrong with a body, put into a good one at a place that is drawn. */
export interface Offence {
  readonly name: string;
  readonly targets: readonly Target[];
  /** Puts it into the body, and says in which words it is refused. */
  readonly commit: (body: Json, random: Random, target: Target) => string;
  /** What else makes the twin of a body that is refused: nothing where the good body is the twin. */
  readonly excuse?: (body: Json, random: Random, target: Target) => void;
}

type Place = readonly [path: string, found: Json];

const jsons = (value: unknown): Json[] => value as Json[];
const json = (value: unknown): Json => value as Json;

const EXTRA = "Extra inputs are not permitted";
const MODEL = "The model returned the following errors: ";

/** Blocks of a conversation of the Messages API, those inside of results too, as paths of fields name them. */
function blocksOf(messages: Json[]): Place[] {
  return messages.flatMap(({ content }, index) =>
    jsons(content).flatMap((block, position): Place[] => {
      const at = `messages.${index}.content.${position}`;
      const inside = jsons(block["type"] === "tool_result" ? block["content"] : []);
      return [
        [`${at}.${String(block["type"])}`, block],
        ...inside.map((item, depth): Place => [`${at}.tool_result.content.${depth}.text`, item]),
      ];
    }),
  );
}

/** Where the Messages API takes no unknown field. */
function closedPlaces(body: Json): Place[] {
  const { system, tools, messages, tool_choice: choice, metadata } = body;
  return [
    ...jsons(tools).map((tool, index): Place => [`tools.${index}.custom`, tool]),
    ...jsons(system).map((block, index): Place => [`system.${index}`, block]),
    ...jsons(messages).map((message, index): Place => [`messages.${index}`, message]),
    ...blocksOf(jsons(messages)),
    ...blocksOf(jsons(messages)).flatMap(([path, { source }]): Place[] =>
      source === undefined ? [] : [[`${path}.source.base64`, json(source)]],
    ),
    ["tool_choice.auto", json(choice)],
    ["output_config", json(body["output_config"])],
    ...(metadata === undefined ? [] : [["metadata", json(metadata)] as const]),
  ];
}

/** Blocks that may carry a marker of prompt caching, in the order in which they are processed. */
function cachedPlaces({ system, tools, messages }: Json): Place[] {
  return [
    ...jsons(tools).map((tool, index): Place => [`tools.${index}`, tool]),
    ...jsons(system).map((block, index): Place => [`system.${index}`, block]),
    ...jsons(messages).flatMap(({ content }, index) =>
      jsons(content).map((block, position): Place => [`messages.${index}.content.${position}`, block]),
    ),
  ];
}

/** Lists of a body of Converse into which a cache point may be put, in the order in which they are processed. */
const pointLists = ({ toolConfig, system, messages }: Json): readonly (readonly [path: string, list: Json[]])[] => [
  ["tools", jsons(json(toolConfig)["tools"])],
  ["system", jsons(system)],
  ...jsons(messages).map(({ content }, index) => [`messages.${index}.content`, jsons(content)] as const),
];

const randomValue = (random: Random): unknown => pick(random, [true, 1, "x", null, [], {}, { a: [1] }]);

/** Two places in their order. */
function twoOf<Item>(random: Random, items: readonly Item[]): readonly [Item, Item] {
  const first = wholeBelow(random, items.length - 1);
  return [items[first] as Item, items[first + upTo(random, items.length - 1 - first)] as Item];
}

const isConverse = (target: Target): boolean => target.startsWith("converse");
const ALL: readonly Target[] = [...MESSAGES_TARGETS, ...CONVERSE_TARGETS];
const SHORT = [{ type: "ephemeral" }, { type: "ephemeral", ttl: "5m" }];
const SHORT_POINT = [{ type: "default" }, { type: "default", ttl: "5m" }];

/** Tools as the model sees them, and how their paths are written. */
const specsOf = (body: Json, target: Target): readonly Json[] =>
  isConverse(target)
    ? jsons(json(body["toolConfig"])["tools"]).map((tool) => json(tool["toolSpec"]))
    : jsons(body["tools"]);

/** The schema of a tool that is drawn. */
function schemaOf(body: Json, random: Random, target: Target): readonly [index: number, schema: Json] {
  const specs = specsOf(body, target);
  const index = wholeBelow(random, specs.length);
  const spec = json(specs[index]);
  return [index, json(isConverse(target) ? json(spec["inputSchema"])["json"] : spec["input_schema"])];
}

/** What a schema inside of a schema of a tool may not have, and what it may. */
const BAD_KEYWORDS: readonly Json[] = [
  { required: ["a", "a"] },
  { required: "a" },
  { $ref: "#/$defs/absent" },
  { $ref: 1 },
  { type: "text" },
  { type: [] },
  { type: null },
  { items: [{ type: "string" }] },
  { exclusiveMinimum: true },
  { minLength: -1 },
  { maxItems: 1.5 },
  { pattern: {} },
  { enum: "a" },
  { anyOf: [] },
  { properties: null },
  { properties: { a: null } },
  { additionalProperties: "no" },
];
const GOOD_KEYWORDS: readonly Json[] = [
  { required: ["a", "b"] },
  { $ref: "#/$defs/a~1b" },
  { $ref: "#/$defs/a~1b", description: "x" },
  { $ref: "https://example.com/schema" },
  { type: ["string", "null"] },
  { items: { type: "string" }, prefixItems: [true] },
  { exclusiveMinimum: 0, "x-unknown": { type: "text" } },
  { properties: { type: { type: "string" }, required: { type: "boolean" }, $ref: {} } },
  { enum: [null, { type: "text" }], const: { required: 1 }, default: { type: 1 }, examples: [{ items: [] }] },
  { additionalProperties: { not: {} } },
];

/** Makes a schema somewhere inside of one, and gives it. */
function nest(schema: Json, random: Random): Json {
  let inside: Json = {};
  const made = inside;
  for (let depth = upTo(random, 4); depth > 1; depth--) {
    inside = pick(random, [{ anyOf: [{ type: "null" }, inside] }, { items: inside }, { properties: { p: inside } }]);
  }
  schema["properties"] = { ...json(schema["properties"]), deep: inside };
  return made;
}

/** Parts of messages of Converse, with their paths. */
const converseParts = (body: Json, kind: string): Place[] =>
  jsons(body["messages"]).flatMap(({ content }, index) =>
    jsons(content).flatMap((block, position): Place[] =>
      block[kind] === undefined ? [] : [[`messages.${index}.content.${position}.${kind}`, json(block[kind])]],
    ),
  );

const documentNamed = (name: string): Json => ({ document: { format: "txt", name, source: { text: "x" } } });

const usersOf = (body: Json): Json[] => jsons(body["messages"]).filter(({ role }) => role === "user");

const NO_OBJECTS = ["{}", "", 1, true, null, [], [{}]];

/** A beta field of a body, its beta, and where it goes; Converse has those of the top alone. */
const BETA_FIELDS: readonly (readonly [field: string, beta: string, value: unknown])[] = [
  ["context_management", "context-management-2025-06-27", { edits: [{ type: "clear_tool_uses_20250919" }] }],
  ["compaction", "compact-2026-01-12", { trigger: 1 }],
];

/** Asks for a beta as the target has it. */
function askFor(body: Json, beta: string, target: Target): void {
  if (isConverse(target)) json(body["additionalModelRequestFields"])["anthropic_beta"] = [beta];
  else if (target === "anthropic-aws" || target === "mantle") body["#beta"] = beta;
  else body["anthropic_beta"] = [beta];
}

const OTHER_BETA = "interleaved-thinking-2025-05-14";

/** The kinds, each refused wherever it is. */
export const OFFENCES: readonly Offence[] = [
  {
    name: "an unknown field inside of the body",
    targets: MESSAGES_TARGETS,
    commit: (body, random, target) => {
      const [path, found] = pick(random, closedPlaces(body));
      const field = `${word(random)}_x`;
      found[field] = randomValue(random);
      // A beta of another kind brings none.
      if (random() < 0.5) askFor(body, OTHER_BETA, target);
      return `${path}.${field}: ${EXTRA}`;
    },
  },
  {
    name: "an unknown field inside of a marker of prompt caching",
    targets: MESSAGES_TARGETS,
    commit: (body, random) => {
      const [path, found] = pick(random, [
        ...closedPlaces(body).filter(([at]) => /^(?:tools|system)\./.test(at)),
        ...blocksOf(jsons(body["messages"])),
      ]);
      const field = `${word(random)}_x`;
      found["cache_control"] = { type: "ephemeral", [field]: randomValue(random) };
      return `${path}.cache_control.ephemeral.${field}: ${EXTRA}`;
    },
  },
  {
    name: "an unknown field of what Converse passes on",
    targets: CONVERSE_TARGETS,
    commit: (body, random) => {
      const field = `${word(random)}_x`;
      json(body["additionalModelRequestFields"])[field] = randomValue(random);
      return `${MODEL}${field}: ${EXTRA}`;
    },
  },
  {
    name: "a field of a tool that Amazon Bedrock takes with a beta alone",
    targets: ["invoke", "count-tokens"],
    commit: (body, random) => {
      const tools = jsons(body["tools"]);
      const index = wholeBelow(random, tools.length);
      const [field, value] = pick(random, [
        ["defer_loading", true],
        ["input_examples", [{}]],
        ["eager_input_streaming", true],
      ] as const);
      json(tools[index])[field] = value;
      if (random() < 0.5) body["anthropic_beta"] = [OTHER_BETA];
      return `tools.${index}.custom.${field}: ${EXTRA}`;
    },
    excuse: (body, random) => {
      json(pick(random, jsons(body["tools"])))["defer_loading"] = true;
      body["anthropic_beta"] = ["tool-search-tool-2025-10-19"];
    },
  },
  {
    name: "a field that needs a beta, without it",
    targets: ALL,
    commit: (body, random, target) => {
      const [field, , value] = pick(random, BETA_FIELDS);
      const holder = isConverse(target) ? json(body["additionalModelRequestFields"]) : body;
      holder[field] = value;
      if (random() < 0.5) askFor(body, OTHER_BETA, target);
      return `${isConverse(target) ? MODEL : ""}${field}: ${EXTRA}`;
    },
    excuse: (body, random, target) => {
      const [field, beta, value] = pick(random, BETA_FIELDS);
      const holder = isConverse(target) ? json(body["additionalModelRequestFields"]) : body;
      holder[field] = value;
      askFor(body, beta, target);
    },
  },
  {
    name: "a union at the top of a tool's schema",
    targets: ALL,
    commit: (body, random, target) => {
      const [index, schema] = schemaOf(body, random, target);
      schema[pick(random, ["oneOf", "anyOf", "allOf"])] = [{ required: ["a"] }];
      return `${isConverse(target) ? MODEL : ""}tools.${index}.custom.input_schema: input_schema does not support oneOf, allOf, or anyOf at the top level`;
    },
  },
  {
    name: "a schema of a tool that is no JSON schema",
    targets: ALL,
    commit: (body, random, target) => {
      const [index, schema] = schemaOf(body, random, target);
      Object.assign(nest(schema, random), pick(random, BAD_KEYWORDS));
      return `${isConverse(target) ? MODEL : ""}tools.${index}.custom.input_schema: JSON schema is invalid. It must match JSON Schema draft 2020-12 (https://json-schema.org/draft/2020-12). Learn more about tool use at https://docs.claude.com/en/docs/tool-use.`;
    },
    excuse: (body, random, target) => {
      const [, schema] = schemaOf(body, random, target);
      schema["$defs"] = { "a/b": { type: "string" } };
      Object.assign(nest(schema, random), pick(random, GOOD_KEYWORDS));
    },
  },
  {
    name: "a schema of another type than object",
    targets: ALL,
    commit: (body, random, target) => {
      const [index, schema] = schemaOf(body, random, target);
      const missing = random() < 0.3;
      if (missing) delete schema["type"];
      else schema["type"] = pick(random, ["string", "array", "Object", ""]);
      return isConverse(target)
        ? `The value at toolConfig.tools.${index}.toolSpec.inputSchema.json.type must be one of the following: object.`
        : `tools.${index}.custom.input_schema.type: ${missing ? "Field required" : "Input should be 'object'"}`;
    },
  },
  {
    name: "properties of a schema that are null, to Converse",
    targets: CONVERSE_TARGETS,
    commit: (body, random, target) => {
      const [index, schema] = schemaOf(body, random, target);
      schema["properties"] = null;
      return `The format of the value at toolConfig.tools.${index}.toolSpec.inputSchema.json.properties is invalid. Provide a json object for the field and try again.`;
    },
  },
  {
    name: "a schema, an input or a result that is no object, to Converse",
    targets: CONVERSE_TARGETS,
    commit: (body, random) => {
      const schemas = jsons(json(body["toolConfig"])["tools"]).map(({ toolSpec }, index): Place => [
        `toolConfig.tools.${index}.toolSpec.inputSchema.json`,
        json(json(toolSpec)["inputSchema"]),
      ]);
      const inputs = converseParts(body, "toolUse").map(([path, use]): Place => [`${path}.input`, use]);
      const results = converseParts(body, "toolResult").map(([path, { content }]): Place => [
        `${path}.content.1.json`,
        json(jsons(content)[1]),
      ]);
      const [path, holder] = pick(random, pick(random, [schemas, inputs, results]));
      holder[path.slice(path.lastIndexOf(".") + 1)] = pick(random, NO_OBJECTS);
      return `The format of the value at ${path} is invalid. Provide a json object for the field and try again.`;
    },
  },
  {
    name: "an input of a tool use that is no object",
    targets: MESSAGES_TARGETS,
    commit: (body, random) => {
      const uses = blocksOf(jsons(body["messages"])).filter(([path]) => path.endsWith(".tool_use"));
      const [path, use] = pick(random, uses);
      use["input"] = pick(random, NO_OBJECTS);
      return `${path}.input: Input should be a valid dictionary`;
    },
  },
  {
    name: "a name of a document that Converse does not take",
    targets: CONVERSE_TARGETS,
    commit: (body, random) => {
      const lists = [
        ...usersOf(body).map(({ content }) => jsons(content)),
        ...converseParts(body, "toolResult").map(([, { content }]) => jsons(content)),
      ];
      const name = `${word(random)}${pick(random, [".", "'", "/", "&", ":", "  ", "\t ", "+", "\u2014"])}${word(random)}`;
      pick(random, lists).push(documentNamed(name));
      return "The document file name can only contain alphanumeric characters, whitespace characters, hyphens, parentheses, and square brackets. The name can't contain more than one consecutive whitespace character.";
    },
    excuse: (body, random) => {
      const name = `${word(random)}${pick(random, ["-", "_", " ", "(", ")", "[", "]", "1", "\n"])}${word(random)}`;
      jsons(pick(random, usersOf(body))["content"]).push(documentNamed(name));
    },
  },
  {
    name: "a document without a text beside it, to Converse",
    targets: CONVERSE_TARGETS,
    commit: (body, random) => {
      const message = pick(random, usersOf(body));
      const others = jsons(message["content"]).filter(({ text }) => text === undefined);
      message["content"] = [...others, documentNamed(word(random))];
      return "A text block must be included when using documents. Add a text block and retry your request.";
    },
    excuse: (body, random) => {
      jsons(pick(random, usersOf(body))["content"]).unshift(documentNamed(word(random)));
    },
  },
  {
    name: "a marker of an hour behind one of five minutes",
    targets: MESSAGES_TARGETS,
    commit: (body, random) => {
      const [[, before], [path, after]] = twoOf(random, cachedPlaces(body));
      before["cache_control"] = pick(random, SHORT);
      after["cache_control"] = { type: "ephemeral", ttl: "1h" };
      return `${path}.cache_control.ttl: a ttl='1h' cache_control block must not come after a ttl='5m' cache_control block. Note that blocks are processed in the following order: \`tools\`, \`system\`, \`messages\`.`;
    },
    excuse: (body, random) => {
      const [[, before], [, after]] = twoOf(random, cachedPlaces(body));
      before["cache_control"] = { type: "ephemeral", ttl: "1h" };
      after["cache_control"] = pick(random, SHORT);
    },
  },
  {
    name: "a cache point of an hour behind one of five minutes",
    targets: CONVERSE_TARGETS,
    commit: (body, random) => {
      const [[, before], [path, after]] = twoOf(random, pointLists(body));
      before.push({ cachePoint: pick(random, SHORT_POINT) });
      after.push({ cachePoint: { type: "default", ttl: "1h" } });
      return `${MODEL}${path}.${after.length - 2}.cache_control.ttl: a ttl='1h' cache_control block must not come after a ttl='5m' cache_control block. Note that blocks are processed in the following order: \`tools\`, \`system\`, \`messages\`.`;
    },
    excuse: (body, random) => {
      const [[, before], [, after]] = twoOf(random, pointLists(body));
      before.push({ cachePoint: { type: "default", ttl: "1h" } });
      after.push({ cachePoint: pick(random, SHORT_POINT) });
    },
  },
  {
    name: "more than four markers of prompt caching",
    targets: ALL,
    commit: (body, random, target) => {
      const count = 4 + upTo(random, 6);
      mark(body, random, target, count);
      return `${isConverse(target) ? MODEL : ""}A maximum of 4 blocks with cache_control may be provided. Found ${count}.`;
    },
    excuse: (body, random, target) => mark(body, random, target, upTo(random, 4)),
  },
  {
    name: "a choice of tools without a tool to choose",
    targets: MESSAGES_TARGETS,
    commit: (body, random) => {
      const name = word(random);
      if (random() < 0.4) {
        body["tool_choice"] = { type: "tool", name };
        if (random() < 0.5) delete body["tools"];
        return `Tool '${name}' not found in provided tools`;
      }
      body["tool_choice"] = { type: "any" };
      if (random() < 0.5) delete body["tools"];
      else body["tools"] = [];
      return "tool_choice.any may only be specified while providing tools";
    },
    excuse: (body, random) => {
      body["tool_choice"] = pick(random, [
        { type: "any" },
        { type: "none" },
        { type: "tool", name: pick(random, jsons(body["tools"]))["name"] },
      ]);
    },
  },
  {
    name: "a choice of a tool that Converse was not given",
    targets: CONVERSE_TARGETS,
    commit: (body, random) => {
      const name = word(random);
      json(body["toolConfig"])["toolChoice"] = { tool: { name } };
      return `${MODEL}Tool '${name}' not found in provided tools`;
    },
    excuse: (body, random) => {
      const { name } = pick(random, specsOf(body, "converse"));
      json(body["toolConfig"])["toolChoice"] = pick(random, [{ auto: {} }, { any: {} }, { tool: { name } }]);
    },
  },
];

/** Puts markers on blocks that are added for them, or cache points behind blocks. */
function mark(body: Json, random: Random, target: Target, count: number): void {
  for (let left = count; left > 0; left--) {
    if (isConverse(target)) {
      pick(random, pointLists(body))[1].push({ cachePoint: { type: "default" } });
    } else {
      const messages = jsons(body["messages"]);
      const content = pick(random, [jsons(body["system"]), jsons(messages.at(-1)?.["content"])]);
      content.push({ type: "text", text: "x", cache_control: { type: "ephemeral" } });
    }
  }
}

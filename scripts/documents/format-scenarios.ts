import { isObject } from "../../packages/endpoints/src/is-object.ts";
import { MAX_PATTERN_TEXT } from "../../apps/fake/src/scenario/match/compile-text.ts";
import { SCENARIO_SCHEMA } from "../../apps/fake/src/scenario/read/scenario-reader.ts";
import { code, tableHead, tableRow } from "./troubleshooting/markdown.ts";

type Schema = Readonly<Record<string, unknown>>;

/** The part of a schema that stands at a path of keys; `*` takes the items of an array. */
function at(schema: unknown, path: readonly string[]): Schema {
  if (!isObject(schema)) throw new TypeError("Cannot find a part of the scenario's schema: the path leads nowhere");
  const [key, ...rest] = path;
  if (key === undefined) return schema;
  const { items, properties } = schema;
  return at(key === "*" ? items : isObject(properties) ? properties[key] : undefined, rest);
}

/** The keys of an object, each with its words. */
function keysOf(schema: Schema): string[] {
  const { properties, anyOf } = schema;
  const forms = isObject(properties) ? [schema] : (anyOf as readonly Schema[]);
  const rows = new Map<string, string>();
  for (const form of forms) {
    for (const [key, value] of Object.entries((form["properties"] ?? {}) as Readonly<Record<string, Schema>>)) {
      if (typeof value["description"] === "string") rows.set(key, value["description"]);
    }
  }
  return [tableHead("key", "says"), ...[...rows].map(([key, words]) => tableRow(code(key), words))];
}

const table = (...path: readonly string[]): string => keysOf(at(SCENARIO_SCHEMA, path)).join("\n");
const ROW = ["replies", "*"];

/**
 * Writes the page about scenarios; its tables are those by which scenarios are read.
 *
 * @returns The page, Markdown.
 */
export const formatScenarios = (): string => `# Scenarios

A scenario says what the [fake](../apps/fake/README.md) answers, to whom, and when. It is JSON, given by \`--scenario FILE\`, or a
value of the type \`Scenario\`, given to \`createFake\`, \`useFake\` or \`createFakeCore\`. \`pnpm write:documents\` writes this page;
its tables are those by which scenarios are read.

<!-- run by apps/fake/test/scenario-document.test.ts -->
\`\`\`json
{
  "$schema": "https://unpkg.com/@claude-on-aws/fake/scenario.schema.json",
  "replies": [
    { "when": { "turn": 1 }, "times": 1, "reply": { "throttle": { "retryAfterSeconds": 1 } } },
    {
      "when": { "text": { "pattern": "weather", "flags": "i" }, "turn": 1 },
      "reply": {
        "content": [
          { "type": "text", "text": "I look." },
          { "type": "tool_use", "name": "get_weather", "input": { "city": "Paris" } }
        ],
        "usage": { "cache_read_input_tokens": 1200 }
      }
    },
    {
      "name": "the answer",
      "when": { "toolResult": { "name": "get_weather" } },
      "reply": { "text": "It rains." },
      "timing": { "firstTokenMs": 300, "chunks": ["It ", "rains."] }
    }
  ]
}
\`\`\`

Rows are asked in their order. The first that a request fits, that is not used up and that is asked in the state of things
answers; where none does, the fake answers as it does without a scenario. A request that a check refuses meets no row. The
header \`x-claude-on-aws-row\`, and \`row\` in the journal, say which row answered: its name, or its place.

## Keys of a scenario

${table()}

## Keys of a row

${table(...ROW)}

A row has \`reply\`, \`timing\` or \`fault\`, or several of them. In code, \`reply\` may be a function of the request; where it gives \`undefined\`, the next
row is asked.

## \`when\`: which requests

${table(...ROW, "when")}

A text fits where it is contained. \`{ "pattern": "…", "flags": "i" }\`, in code also a \`RegExp\`, says more; it is tried on the
first ${MAX_PATTERN_TEXT.toLocaleString("en")} UTF-16 code units of what a client sent, because nothing else bounds what a pattern costs. In code there is also
\`matches\`, a function. \`toolResult\`:

${table(...ROW, "when", "toolResult")}

However many rows there are, few are asked: they are looked up by their text, turn, model, operation, provider, tool and state.
Those with nothing but patterns, headers or functions are asked one by one.

## \`reply\`: what is answered

At most one of \`text\`, \`json\`, \`content\`, \`toolCall\`, \`toolCalls\`, \`throttle\`, \`overload\` and \`error\`; without any, what the fake would
have said.

${table(...ROW, "reply")}

\`content\` takes the blocks of the Messages API that Claude says: \`text\` with \`citations\`, \`thinking\` with its \`signature\`,
\`redacted_thinking\`, \`tool_use\`, \`server_tool_use\`, \`mcp_tool_use\`, and the results of tools of the service. One reply is the same
message in every form: CreateMessage and InvokeModel, streamed or not, Converse and ConverseStream. Converse has no place for
tools of the service and for \`pause_turn\`: a row about Converse alone that says them is refused where the scenario is read, and
where another row does, a request of Converse gets 500 with the words.

## \`timing\`: when the pieces come

${table(...ROW, "timing")}

Pieces come by a schedule that is made when the stream begins, so that one that is late makes none of the others late. What does
not stream comes when the last piece would have. In code, \`timers\` of \`createFake\` is what all this waits by: a test moves the
clock instead of waiting.

## \`state\` and \`scope\`: what was before

${table(...ROW, "state")}

Without \`scope\`, all requests share states and counts (\`times\`, \`call\`). With it, each test on a server has its own:
\`{ "header": "x-test-id" }\` parts them by a header, \`"credentials"\` by access key or API key, \`"path"\` by what stands in the base
URL before the paths of the service, such as \`http://127.0.0.1:4242/test-1\`. \`maxScenarioScopes\` (1000) of them are remembered; the
one that was not asked for the longest begins anew. \`reset\` forgets all of them.

## Several files

\`extends\` names a file, or several, beside the one that names it. The own rows are asked first, then those of each file in order;
a file that is reached twice is read once. The first \`scope\` that is found holds for all. Files that extend each other in a circle
are refused, with the chain. In code, \`parseScenario(text, { path, readScenario })\` takes how files are read.

## Checking a scenario

\`claude-on-aws fake check FILE\` says everything that is wrong, by file, line and column, and names rows that no request can meet:
they ask for what cannot be, or a row before them answers all that fits them. So it does faults that can strike no request of their
row, such as one of a stream beside \`Converse\`. It exits with 0 where nothing is wrong, 1 where
something is, 2 where a file cannot be read; \`--json\` prints it as an object. In code, \`checkScenario\` says the same.

## In a test

\`parseScenario\` makes of the text of a file what \`useFake({ scenario })\` takes. A row can be added as a test goes. It is asked
before all others, until the fake is reset; of several that were added, the last one first.

\`\`\`ts
import { createFake } from "@claude-on-aws/fake";

const fake = createFake();
fake.on({ text: /weather/ }).reply({ text: "It rains." }).timing({ tokensPerSecond: 50 });
fake.on({ turn: 1 }).reply({ throttle: { retryAfterSeconds: 1 } }).times(1);
fake.on({ toolResult: { name: "get_weather" } }).fault({ kind: "cut", afterEvents: 4, times: 1 });
\`\`\`

[When things go wrong](../apps/fake/README.md#when-things-go-wrong) is a whole test.
`;

import { describe, expect, test } from "vitest";
import type { Member } from "../shared/read-members.ts";
import type { LayerRules } from "./layer-rules.ts";
import { renewArchitecture } from "./renew-architecture.ts";

const RULES: LayerRules = {
  mayImport: {
    "@x/base": [],
    "@x/middle": ["@x/base", "@x/to-come"],
    "@x/beside": ["@x/base"],
    "@x/shy": ["@x/base"],
    "@x/to-come": [],
    x: ["@x/base", "@x/middle", "@x/beside", "@x/shy", "@x/to-come"],
    "@x/fixtures": [],
  },
  notes: { "@x/shy": "never `middle`", "@x/fixtures": "only tests import it" },
  mayImportAll: [{ folder: "examples/", why: "programs to start from" }],
  fixtures: "@x/fixtures",
  builtinsAllowedIn: [],
  confined: [],
  rooms: { "@x/middle": [["src/terms/", "src/data/"], ["src/index.ts"]], x: [["src/main.ts"]] },
  typeCirclesAllowedIn: [],
};

const member = (folder: string, name: string): Member => ({ folder, manifest: { name } });
const MEMBERS = [
  member("apps/cli", "x"),
  member("examples/proxy", "@x/example-proxy"),
  member("fixtures", "@x/fixtures"),
  ...["base", "beside", "middle", "shy"].map((name) => member(`packages/${name}`, `@x/${name}`)),
];

const MARKS = {
  members: "<!-- begin members, from scripts/layers/layer-rules.ts -->",
  endMembers: "<!-- end members -->",
  rooms: "<!-- begin rooms, from scripts/layers/layer-rules.ts -->",
  endRooms: "<!-- end rooms -->",
};
const EMPTY = `# A\n\n${MARKS.members}\n${MARKS.endMembers}\n\nText.\n${MARKS.rooms}\nold\n${MARKS.endRooms}\n`;

describe("renewArchitecture()", () => {
  const renewed = renewArchitecture(EMPTY, RULES, MEMBERS);

  test("writes the table of members and the order of rooms, and leaves the rest", () => {
    expect(renewed).toBe(`# A

${MARKS.members}

| member | may import |
|---|---|
| \`base\` | no sibling |
| \`middle\`, \`beside\` | \`base\` |
| \`shy\` | \`base\`; never \`middle\` |
| \`cli\` | all |
| \`fixtures\` | no sibling; only tests import it |
| \`examples/\` | all; private: programs to start from |

${MARKS.endMembers}

Text.
${MARKS.rooms}

Rooms of \`cli\`, from the ground floor up:

1. \`src/main.ts\`

Rooms of \`middle\`, from the ground floor up:

1. \`src/terms/\`, \`src/data/\`
2. \`src/index.ts\`

${MARKS.endRooms}
`);
  });

  test("changes nothing where all is as the rules say", () => {
    expect(renewArchitecture(renewed, RULES, MEMBERS)).toBe(renewed);
  });

  test.each([
    ["a row", { ...RULES, mayImport: { ...RULES.mayImport, "@x/base": ["@x/shy"] } }],
    ["a note", { ...RULES, notes: {} }],
    ["a floor", { ...RULES, rooms: { ...RULES.rooms, x: [["src/main.ts"], ["src/bin.ts"]] } }],
    ["those that may import all", { ...RULES, mayImportAll: [] }],
  ])("is another text where the rules say otherwise of %s", (_, rules) => {
    expect(renewArchitecture(renewed, rules, MEMBERS)).not.toBe(renewed);
  });

  test.each([
    ["no section", "# A\n"],
    ["no end", EMPTY.replace(MARKS.endMembers, "")],
    ["the end first", `${MARKS.endMembers}${EMPTY}`],
    ["two of them", `${EMPTY}${EMPTY}`],
  ])("refuses a text with %s", (_, text) => {
    expect(() => renewArchitecture(text, RULES, MEMBERS)).toThrow(
      new RangeError(
        `Cannot write the section "members": expected "${MARKS.members}" once, and "${MARKS.endMembers}" once after it`,
      ),
    );
  });
});

import type { FaultKind, FaultLevel } from "../../apps/fake/src/scenario/faults/fault-kind.ts";
import { FAULT_KINDS } from "../../apps/fake/src/scenario/faults/fault-kinds.ts";
import { CHANCE } from "../../apps/fake/src/scenario/faults/parameters.ts";
import { code, tableHead, tableRow } from "./troubleshooting/markdown.ts";

const HEAD = `# Faults

What a [scenario](scenarios.md) can let go wrong, on purpose. A row of it has a \`fault\` beside its \`reply\` or instead of one;
of a list, the first that is due strikes. A row that has nothing but a fault answers where that strikes; elsewhere the next rows
are asked. \`pnpm write:documents\` writes this page; a test compares it with the table.

\`\`\`json
{
  "replies": [
    { "fault": { "kind": "throttle", "retryAfterSeconds": 1, "times": 1 } },
    {
      "when": { "text": "weather" },
      "reply": { "text": "It rains." },
      "fault": [
        { "kind": "cut", "afterEvents": 4, "times": 1 },
        { "kind": "slice", "probability": 0.2, "seed": 7 }
      ]
    }
  ]
}
\`\`\`

A fault strikes only what it fits, and counts only then: one that comes \`afterEvents\` leaves a reply alone that is no stream,
and those of the wire leave the requests of a batch alone, whose answers are not sent but kept.
Which fault struck is said by the header \`x-claude-on-aws-fault\` and by \`fault\` of an exchange in the journal, how the exchange
ended by its \`end\`. An exchange that was refused or broken off so breaks no rule.

The faults of credentials, time, permissions and models are no imitations: the fake asks its own checks about a world in which the
session has ended, or the clock stands elsewhere, and answers with what they say. A client that signs by the clock of which
\`clock-skew\` told it is let in, until the fake is reset.

Each takes these parameters:

`;

const LEVELS: Readonly<Record<FaultLevel, string>> = {
  wire: "On the wire: the reply is what it should be, and does not arrive as that",
  frame: "In a frame: a stream arrives, and is not what it should be",
  service: "In the service: it refuses",
};

/** Writes the page of the faults. */
export function formatFaults(): string {
  const chance = Object.entries(CHANCE).map(([name, { does }]) => tableRow(code(name), does));
  const sections = (Object.keys(LEVELS) as FaultLevel[]).map((level) => {
    const rows = Object.entries(FAULT_KINDS as Readonly<Record<string, FaultKind>>).filter(
      ([, row]) => row.level === level,
    );
    return `## ${LEVELS[level]}\n\n${tableHead("kind", "what happens", "parameters", "strikes", "source")}\n${rows
      .map(([kind, row]) => faultRow(kind, row))
      .join("\n")}\n`;
  });
  return `${HEAD}${tableHead("parameter", "what it says; what holds without it")}\n${chance.join("\n")}\n\n${sections.join("\n")}`;
}

function faultRow(kind: string, { does, parameters, fits, cannot = [], instead, source }: FaultKind): string {
  const named = Object.entries(parameters).map(([name, { does: words }]) => `${code(name)}: ${words}`);
  const refused = cannot.length === 0 ? "" : `; cannot be done ${cannot.join(" or ")}: ${code(instead ?? "")} can`;
  return tableRow(code(kind), does, named.join("<br>"), `${fits}${refused}`, source);
}

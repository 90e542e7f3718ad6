import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { RULES } from "../../apps/fake/src/rules/rules.ts";
import { type ClientVerdicts, SITUATIONS } from "../../apps/fake/test/verdicts/situations.ts";
import { code, tableHead, tableRow } from "./troubleshooting/markdown.ts";

const HEAD = `# How the official clients take it

What the clients of Anthropic, AWS and Vercel make of throttles, cut streams, thinking, denials and their own aborts, as the
rules of the fake judge it. Each client has the options that it has by itself, and a program around it that trusts it: the
program goes on with what the client gives it, and drops what came where the client throws. A test lets the pinned versions
do it again. \`pnpm write:client-verdicts\` writes the results, \`pnpm claude-code --verdicts\` those of Claude Code
in print mode, which no test runs, and \`pnpm write:documents\` this page.
`;

const SITUATION_HEAD = `## What their programs are told

How many requests the fake saw in each situation, the program's next one among them, and what the program was told: an answer,
or the name of the error. Where a stream was cut and the program was told an answer, the client has not looked for its end.
`;

const RULE_HEAD = `## What the rules say

Of each rule on retries and conversations, over all situations. A dash: the client sent nothing by which it could be judged.
`;

const FILES = ["official-clients.json", "claude-code.json"] as const;

const WORDS = { kept: "kept", broken: "**broken**" } as const;

/**
 * Writes the page of the official clients' verdicts.
 *
 * @returns Markdown.
 */
export async function formatClientVerdicts(root: string): Promise<string> {
  const files = await Promise.all(
    FILES.map(async (file) => readFile(join(root, "fixtures/client-verdicts", file), "utf8")),
  );
  const clients = files.flatMap((text) => JSON.parse(text) as readonly ClientVerdicts[]);
  const names = clients.map(({ client, version }) => `${client} ${version}`);
  const situations = SITUATIONS.map(({ name, what }) =>
    tableRow(
      `**${name}**: ${what}`,
      ...clients.map((client) => {
        const { requests, told } = client.situations[name] ?? {};
        return told === undefined ? "—" : `${requests}, ${/^[A-Z]/.test(told) ? code(told) : told}`;
      }),
    ),
  );
  const judged = RULES.filter(({ group }) => group === "retries" || group === "conversations");
  const rules = judged.map(({ id, what, source }) =>
    tableRow(
      `${code(id)}: ${what} ${source.startsWith("https:") ? `[Source](${source})` : `Source: ${source}`}`,
      ...clients.map((client) => {
        const verdict = client.rules[id];
        return verdict === undefined ? "—" : WORDS[verdict];
      }),
    ),
  );
  return [
    HEAD,
    SITUATION_HEAD,
    tableHead("situation", ...names),
    `${situations.join("\n")}\n`,
    RULE_HEAD,
    tableHead("rule", ...names),
    `${rules.join("\n")}\n`,
  ].join("\n");
}

import { type FactKind, factKind, type Facts, UNCERTAIN_FACTS } from "../../apps/fake/src/terms/uncertain-facts.ts";
import { code, tableHead, tableRow } from "./troubleshooting/markdown.ts";

const HEAD = `# Where the fake differs from AWS

The fake answers as the services do, as far as documents, reports and recordings of real clients show it. This page lists what
it does not do, and what it had to decide. \`pnpm write:documents\` writes it; a test compares it with the table.

## What it does not do

- **No model answers.** A message is echoed, a tool is called with values that fit its schema, and its result is answered with
  a closing text; a scenario or a handler says anything else. Tokens are estimated from bytes, and nothing is read from or
  written to a prompt cache.
- **No limit is enforced** on requests and tokens in a minute, no quota is used up, no request costs anything, and nothing is
  slow. A scenario lets all of that go wrong: [faults](faults.md).
- **Not every operation.** Those of the [table](../apps/fake/README.md#what-it-answers) are answered; every other that is known is
  recognised, authenticated and authorised, and answered with 501.
- **It is generous until it is told otherwise.** Any well-formed API key, workspace and region is taken, each caller is an
  administrator, access to every model is granted, the use case is submitted. Options narrow each of these.
- **Made-up keys are taken** where they begin like real ones. No key, token or account of AWS is ever looked up.
- **The signature of a web identity token is not verified**, nobody has MFA, and service control policies do not exist.
- **Which of several mistakes is told first** is the fake's own order where the services do not say, always the same.
- **It says more than AWS**: refusals carry \`x-claude-on-aws-hint\` and \`x-claude-on-aws-exchange\`, what a scenario answers
  carries \`x-claude-on-aws-row\`, what it let go wrong \`x-claude-on-aws-fault\`, and everything under \`/_fake/\` is its own.
- **It forgets.** Files, batches, profiles, workspaces and sessions live in memory, up to a limit, until it ends or is reset.
- **One port stands for all hosts**, and its certificates come from an authority of its own that is made at each start.
- **Tables of models, profiles, betas and routes** are as old as the release; what came after is unknown to it.

## What it had to decide

On these questions the sources are silent or disagree. To test a client against another answer, give it as
\`--fact NAME=VALUE\`, or in \`facts\` of a configuration or of \`createFake\`. If you have seen what a service does, an issue
with the status, the headers and the words settles the question.
`;

const COLUMNS = ["fact", "question", "the fake's answer", "other answers", "sources"] as const;

/** A page that a source names without its scheme. */
const PAGE = /(?<![\w./@-])(?:github\.com|(?:platform|code)\.claude\.com|docs\.aws\.amazon\.com)\/[\w./#-]*[\w#]/g;

/**
 * Writes the page of the differences between the fake and AWS.
 *
 * @returns Markdown.
 */
export function formatDifferences(): string {
  const rows = Object.entries(UNCERTAIN_FACTS).map(([name, fact]) => {
    const kind = factKind(name as keyof Facts);
    const others = (fact.values ?? []).filter((value) => value !== fact.default);
    return tableRow(
      code(name),
      fact.question,
      code(String(fact.default)),
      others.length > 0 ? others.map((value) => code(String(value))).join(", ") : OTHER_ANSWERS[kind](fact.default),
      fact.sources.replaceAll(PAGE, "[$&](https://$&)"),
    );
  });
  return `${HEAD}\n${tableHead(...COLUMNS)}\n${rows.join("\n")}\n`;
}

/** What else a fact may be, where that is not one of a few words. */
const OTHER_ANSWERS: Readonly<Record<FactKind, (standard: unknown) => string>> = {
  boolean: (standard) => code(String(standard !== true)),
  number: () => "any number",
  status: () => "400 to 599",
  string: () => "any text",
};

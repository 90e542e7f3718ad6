import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { EXAMPLE_CREDENTIALS, type FakeOptions } from "../../apps/fake/src/server.ts";
import type { ScenarioReply } from "../../apps/fake/src/settings/scenario/scenario-reply.ts";
import { type ClientVerdicts, rulesOf, SITUATIONS, type Taken } from "../../apps/fake/test/verdicts/situations.ts";
import { runTurn } from "./run-turn.ts";
import type { TurnEvents } from "./stream-json.ts";
import { TURN_CLOSING_TEXT, TURN_PROMPT, TURN_TOOL } from "./turn-arguments.ts";
import type { TurnCase } from "./turn-case.ts";

/** Where the results are kept; docs/client-verdicts.md shows them. */
const FILE = new URL("../../fixtures/client-verdicts/claude-code.json", import.meta.url);

/** What happens to the turn's own question; what else the program asks for is answered as always. */
const first = (reply: ScenarioReply): FakeOptions => ({
  scenario: {
    replies: [
      { when: { text: TURN_PROMPT }, times: 1, reply },
      { when: { text: TURN_PROMPT }, reply: { text: TURN_CLOSING_TEXT } },
    ],
  },
});

/** The situations that happen to a turn in print mode, by their names. */
const OPTIONS: Readonly<Record<string, FakeOptions>> = {
  throttle: first({ throttle: { retryAfterSeconds: 1 } }),
  overload: first({ overload: {} }),
  "cut stream": first({ text: "It rains in Bern today, and all week.", cutAfterEvents: 6 }),
  thinking: first({
    content: [
      { type: "thinking", thinking: "A tool says that.\n" },
      { type: "tool_use", ...TURN_TOOL },
    ],
  }),
  denied: { principals: [{ name: "limited", credentials: [EXAMPLE_CREDENTIALS], policies: [] }] },
};

/** A turn that goes on for too long is ended. */
const toldBy = ({ result }: TurnEvents): string =>
  result === undefined ? "nothing yet after two minutes" : result.isError ? "an error" : "an answer";

/** What {@link takeSituations} needs. */
export interface TakeSituationsOptions {
  readonly turn: TurnCase;
  /** Path of the program. */
  readonly program: string;
  readonly version: string;
  /** Empty folder; not removed here. */
  readonly folder: string;
}

/**
 * Lets the program meet every situation in which a turn of it can be, with as many retries as it makes by itself, and writes
 * how it took them.
 */
export async function takeSituations(options: TakeSituationsOptions): Promise<ClientVerdicts> {
  const { turn, program, version, folder } = options;
  const patient: TurnCase = {
    ...turn,
    variables: (url) => ({ ...turn.variables(url), CLAUDE_CODE_MAX_RETRIES: "10" }),
  };
  const taken: Record<string, Taken> = {};
  const findings = [];
  for (const { name } of SITUATIONS) {
    const fakeOptions = OPTIONS[name];
    if (fakeOptions === undefined) continue;
    const { events, journal } = await runTurn(patient, { program }, join(folder, name.replace(" ", "-")), fakeOptions);
    const requests = journal.exchanges.filter(({ operation }) => operation === "CreateMessage").length;
    taken[name] = { told: toldBy(events), requests };
    findings.push(...journal.exchanges.flatMap((exchange) => exchange.findings));
  }
  const verdicts = { client: "Claude Code", version, situations: taken, rules: rulesOf(findings) };
  await writeFile(FILE, `${JSON.stringify([verdicts], undefined, 2)}\n`);
  return verdicts;
}

import type { Finding } from "../../src/rules/rule.ts";
import type { RuleId } from "../../src/rules/rule-id.ts";
import { RULES } from "../../src/rules/rules.ts";
import { createFakeCore, EXAMPLE_CREDENTIALS, type FakeOptions, serve } from "../../src/server.ts";
import { WORKSPACE_ID } from "../support/start-fake.ts";
import type { OfficialClient, Program } from "./programs.ts";

/** Something that happens to a client. */
export interface Situation {
  readonly name: string;
  /** What the fake does, as a sentence. */
  readonly what: string;
  readonly options: FakeOptions;
  readonly run: (program: Program) => Promise<unknown>;
}

const CALL = { type: "tool_use", name: "get_weather", input: { city: "Bern, and its surroundings" } } as const;

export const SITUATIONS: readonly Situation[] = [
  {
    name: "throttle",
    what: "The first request is refused with 429 and `retry-after: 2`.",
    // More than a second: the time of signing, in whole seconds, is another then, however a clock is set meanwhile.
    options: { scenario: { replies: [{ times: 1, reply: { throttle: { retryAfterSeconds: 2 } } }] } },
    run: ({ ask }) => ask("hello"),
  },
  {
    name: "overload",
    what: "The first request is refused as an overload, without `retry-after`.",
    options: { scenario: { replies: [{ times: 1, reply: { overload: {} } }] } },
    run: ({ ask }) => ask("hello"),
  },
  {
    name: "cut stream",
    what: "The first answer is a stream that ends after six events, without its end.",
    options: {
      scenario: {
        replies: [{ times: 1, reply: { text: "It rains in Bern today, and all week.", cutAfterEvents: 6 } }],
      },
    },
    run: ({ converse }) => converse(),
  },
  {
    name: "thinking",
    what: "The first answer thinks, then calls a tool.",
    options: {
      scenario: {
        replies: [
          { times: 1, reply: { content: [{ type: "thinking", thinking: "A tool knows that.\n" }, CALL] } },
          { reply: { text: "It rains." } },
        ],
      },
    },
    run: ({ useTool }) => useTool(),
  },
  {
    name: "denied",
    what: "No policy allows what is asked: 403. Then the program asks something else.",
    options: { principals: [{ name: "limited", credentials: [EXAMPLE_CREDENTIALS], policies: [] }] },
    run: async ({ ask }) => {
      const error = await ask("hello").catch((thrown: unknown) => thrown);
      await ask("something else").catch(() => {});
      throw error;
    },
  },
  {
    name: "abort",
    what: "The program aborts a stream in the middle of a tool call, and asks something else.",
    options: { scenario: { replies: [{ times: 1, reply: { content: [CALL], eventDelayMs: 40 } }] } },
    run: ({ abort }) => abort(),
  },
];

/** How a client took a situation. */
export interface Taken {
  /** What its program was told: an answer, or the name of the error that was thrown. */
  readonly told: string;
  /** How many requests it sent. */
  readonly requests: number;
}

/** What was seen of a client. */
export interface ClientVerdicts {
  readonly client: string;
  readonly version: string;
  readonly situations: Readonly<Record<string, Taken>>;
  /** Each rule on retries and conversations that had something to look at. */
  readonly rules: Readonly<Partial<Record<RuleId, "kept" | "broken">>>;
}

const JUDGED: ReadonlySet<string> = new Set(
  RULES.flatMap(({ id, group }) => (group === "retries" || group === "conversations" ? id : [])),
);

/** What the rules on retries and conversations found, over many exchanges: broken once is broken. */
export function rulesOf(findings: readonly Finding[]): ClientVerdicts["rules"] {
  const rules = new Map<RuleId, "kept" | "broken">();
  for (const { rule, level } of findings) {
    if (JUDGED.has(rule) && rules.get(rule) !== "broken") rules.set(rule, level === "pass" ? "kept" : "broken");
  }
  return Object.fromEntries([...rules].toSorted(([a], [b]) => a.localeCompare(b)));
}

/** Takes a client through every situation, each with a fake of its own, all at the same time. */
export async function judgeClient({ name, program }: OfficialClient, version: string): Promise<ClientVerdicts> {
  const taken = await Promise.all(SITUATIONS.map((situation) => takeClient(program, situation)));
  return {
    client: name,
    version,
    situations: Object.fromEntries(taken.map(({ situation, told, requests }) => [situation, { told, requests }])),
    rules: rulesOf(taken.flatMap(({ findings }) => findings)),
  };
}

async function takeClient(program: OfficialClient["program"], { name, options, run }: Situation) {
  const core = createFakeCore({ credentials: [EXAMPLE_CREDENTIALS], workspaces: [WORKSPACE_ID], ...options });
  const server = await serve(core, { port: 0 });
  try {
    const told = await run(program(server.url)).then(() => "an answer", nameOf);
    const { exchanges } = core.journal.snapshot();
    return {
      situation: name,
      told,
      requests: exchanges.length,
      findings: exchanges.flatMap(({ findings }) => findings),
    };
  } finally {
    await server.close();
  }
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.constructor.name : String(error));

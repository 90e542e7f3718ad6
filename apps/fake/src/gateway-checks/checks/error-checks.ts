import { CHECK_SOURCES } from "../check-source.ts";
import type { CheckContext } from "../check-context.ts";
import type { GatewayCheck } from "../gateway-check.ts";
import { errorOf, shown } from "../readings.ts";
import { BEDROCK, EVERY_SERVICE, OF_MESSAGES_API } from "../services.ts";
import type { FaultName } from "../../terms/faults.ts";
import { expectThat } from "../verdicts.ts";
import { described } from "./answered.ts";

/** A refusal of the service, and the types that the Messages API has for it. */
interface ErrorRow {
  readonly status: number;
  readonly fault: FaultName;
  /** Amazon Bedrock names none: whatever its status stands for will do. */
  readonly types: readonly string[];
}

const ROWS: readonly ErrorRow[] = [
  { status: 400, fault: "body-invalid", types: ["invalid_request_error"] },
  { status: 403, fault: "access-denied", types: ["permission_error"] },
  { status: 404, fault: "resource-unknown", types: ["not_found_error"] },
  { status: 413, fault: "body-too-large", types: ["request_too_large", "invalid_request_error"] },
  { status: 429, fault: "throttled", types: ["rate_limit_error"] },
  { status: 500, fault: "internal", types: ["api_error"] },
  { status: 529, fault: "overloaded", types: ["overloaded_error", "api_error"] },
];

/** The words of prompts that are too long, on which Claude Code acts. */
const PROMPT_TOO_LONG = "prompt is too long: 210001 tokens > 200000 maximum";
const INPUT_TOO_LONG = "Input is too long.";

const wordsOf = ({ fault }: ErrorRow): string => `The check of gateways says ${fault}.`;

/** Lets the service refuse. */
function letRefuse({ upstream, marker }: CheckContext, row: ErrorRow): void {
  upstream.on(marker).fault({ kind: "error", name: row.fault, message: wordsOf(row) });
}

const keepsType = (row: ErrorRow) => async (context: CheckContext) => {
  letRefuse(context, row);
  const answer = await context.ask();
  const { status, body } = await context.arrival().reply;
  expectThat(answer.status === status, described(answer), `the status of the service, ${status}`);
  const given = errorOf(JSON.parse(Buffer.from(body as Uint8Array).toString()) as unknown).type;
  const types = given === undefined ? row.types : [given];
  const { type } = errorOf(answer.json);
  expectThat(types.includes(String(type)), described(answer), `the type ${types.map(shown).join(" or ")}`);
};

async function keepsAllWords(context: CheckContext): Promise<void> {
  const lost: string[] = [];
  for (const row of ROWS) {
    letRefuse(context, row);
    const answer = await context.ask();
    if (errorOf(answer.json).message !== wordsOf(row)) lost.push(described(answer));
  }
  expectThat(lost.length === 0, lost.join("; "), "the words of the service each time");
}

/** Demands that the words of a refusal reach the client as a whole. */
const keepsWords = (words: string) => async (context: CheckContext) => {
  context.upstream.on(context.marker).fault({ kind: "error", name: "body-invalid", message: words });
  const answer = await context.ask();
  const { message } = errorOf(answer.json);
  expectThat(answer.status === 400 && message === words, described(answer), `400: ${shown(words)}`);
};

/** How refusals of the service reach the client. */
export const ERROR_CHECKS: readonly GatewayCheck[] = [
  ...ROWS.map((row) => ({
    id: `error-${row.status}-kept`,
    group: "errors" as const,
    demand: `${row.status} of the service reaches the client with its status and its type.`,
    source: CHECK_SOURCES.contract,
    services: EVERY_SERVICE,
    ask: keepsType(row),
  })),
  {
    id: "error-words-kept",
    group: "errors",
    demand:
      "Refusals of a service that speaks the Messages API reach the client with their words: Claude Code recovers by them.",
    source: CHECK_SOURCES.rollout,
    services: OF_MESSAGES_API,
    ask: keepsAllWords,
  },
  {
    id: "retry-after-kept",
    group: "errors",
    demand: "A throttle keeps its `retry-after`.",
    source: CHECK_SOURCES.contract,
    services: EVERY_SERVICE,
    ask: async (context) => {
      context.upstream.on(context.marker).reply({ throttle: { retryAfterSeconds: 7 } });
      const answer = await context.ask();
      const found = answer.header("retry-after");
      expectThat(found === "7", `${answer.status}, retry-after ${shown(found)}`, '"7"');
    },
  },
  {
    id: "prompt-too-long-kept",
    group: "errors",
    demand: "`prompt is too long: …` reaches the client word by word: Claude Code compacts by it.",
    source: CHECK_SOURCES.contract,
    services: OF_MESSAGES_API,
    ask: keepsWords(PROMPT_TOO_LONG),
  },
  {
    id: "input-too-long-kept",
    group: "errors",
    demand: "`Input is too long.` of Amazon Bedrock is the whole message: Claude Code compacts by it.",
    source: CHECK_SOURCES.contract,
    services: BEDROCK,
    ask: keepsWords(INPUT_TOO_LONG),
  },
  {
    id: "malformed-body-refused",
    group: "errors",
    demand: "A body that is no JSON gets 400 `invalid_request_error`.",
    source: CHECK_SOURCES.contract,
    services: EVERY_SERVICE,
    ask: async (context) => {
      const answer = await context.ask('{"model":');
      const { type } = errorOf(answer.json);
      expectThat(
        answer.status === 400 && type === "invalid_request_error",
        described(answer),
        "400 invalid_request_error",
      );
    },
  },
];

import { readJsonLines } from "@claude-on-aws/fixtures";
import { expect, test } from "vitest";
import { differingPaths } from "../support/differing-paths.ts";
import { brokenRules, startFake } from "../support/fetch-providers.ts";

/** A request of a turn that Claude Code finished, as one provider was sent it; its texts are replaced. */
interface RecordedRequest {
  readonly turn: string;
  readonly request: number;
  readonly provider: "anthropic-aws" | "bedrock";
  readonly method: string;
  readonly target: string;
  /** Values of the header `anthropic-beta`. */
  readonly betas: readonly string[];
  readonly body: Readonly<Record<string, unknown>>;
}

/** What a service was sent, as far as two clients can agree on it. */
interface Sent {
  readonly method: string | undefined;
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/**
 * What differs between what `fetch` makes of Claude Code's request to Claude Platform on AWS and what Claude Code itself sends to
 * Amazon Bedrock, and why. Nothing else does, and each row does somewhere.
 */
const DIFFERENCES: readonly (readonly [path: RegExp, reason: string])[] = [
  // Claude Code talks otherwise to each provider, before anybody translates.
  [
    /^body\.messages\.\d+\.content\.\d+\.text$/,
    "Claude Code tells the model which provider, model and tools there are",
  ],
  [/^body\.messages\.\d+\.content\.\d+\.content$/, "Claude Code tells the model how many tokens are left"],
  [/^body\.messages\.\d+\.content$/, "Claude Code tells the model which provider, model and tools there are"],
  [
    /^body\.system\.[23](?:\.text)?$/,
    "Claude Code keeps its prompt in two parts where a cache may be shared, in one on Bedrock",
  ],
  [/^body\.system\.1\.cache_control$/, "Claude Code marks the part that it does not share otherwise on Bedrock alone"],
  // It leaves out on Bedrock what the service takes: what a client asks for is not dropped where it would be done.
  [/^body\.context_management$/, "Bedrock takes it beside its beta; Claude Code does not ask for it there"],
  [/^body\.anthropic_beta\.context-management-2025-06-27$/, "the beta of that field, which Bedrock takes"],
  [/^body\.messages\.\d+\.output_config$/, "Bedrock takes it beside its beta; Claude Code does not ask for it there"],
  [/^body\.anthropic_beta\.per-turn-control-2026-07-01$/, "the beta of that field, which Bedrock takes"],
  [
    /^body\.thinking\.display$/,
    "Claude Code asks for it on Bedrock of Opus 5.5 alone, beside its beta; no source has others refuse it",
  ],
  [/^body\.anthropic_beta\.thinking-display-updates-2026-08-18$/, "the beta of that field, which Bedrock takes"],
  [
    /^body\.anthropic_beta\.interleaved-thinking-2025-05-14$/,
    "Claude Code does not ask for it of Haiku 4.5 on Bedrock, which takes it",
  ],
  [
    /^body\.anthropic_beta\.thinking-token-count-2026-05-13$/,
    "Claude Code asks for it on Bedrock of Opus 5.5 alone; no source has others refuse it",
  ],
  // Bedrock does not look into the header, where Claude Code leaves them.
  [
    /^body\.anthropic_beta\.claude-code-20250219$/,
    "Claude Code leaves it in the header there; Bedrock takes it in the body",
  ],
  [
    /^body\.anthropic_beta\.effort-2025-11-24$/,
    "Claude Code leaves it in the header there; Bedrock takes it in the body",
  ],
];

const requests = readJsonLines<RecordedRequest>("claude-code-turns/turns-2.1.332.jsonl");

/** Each request to Claude Platform on AWS, beside that of the same turn to Amazon Bedrock. */
const pairs = requests
  .filter(({ provider }) => provider === "anthropic-aws")
  .map((given) => {
    const { turn, request } = given;
    const recorded = requests.find(
      (other) => other.provider === "bedrock" && other.turn === turn && other.request === request,
    );
    if (recorded === undefined)
      throw new Error(`Nothing was recorded on Amazon Bedrock for request ${request} of ${turn}`);
    return { name: `request ${request} of ${turn}`, given, recorded };
  });

const fake = startFake();

/** The order of betas means nothing. */
const byFlag = (body: Sent["body"]): Sent["body"] => ({
  ...body,
  anthropic_beta: Object.fromEntries((body["anthropic_beta"] as readonly string[]).map((flag) => [flag, true])),
});

/** What `fetch` sends to Amazon Bedrock for a request in the form of the Messages API; the fake takes it. */
async function sentFor({ method, target, betas, body }: RecordedRequest, model: string): Promise<Sent> {
  let sent: Sent | undefined;
  fake.core.override(async (request) => {
    const written = JSON.parse(new TextDecoder().decode(request.body));
    sent = { method: request.method, path: request.target, body: byFlag(written) };
    return undefined;
  });
  const response = await fake.fetchFor("bedrock")(`https://api.anthropic.com${target}`, {
    method,
    headers: { "content-type": "application/json", "anthropic-beta": betas.join(",") },
    body: JSON.stringify({ ...body, model }),
  });
  fake.core.override(undefined);
  expect([response.status, await response.text()]).toEqual([200, expect.stringContaining("event: message_stop")]);
  if (sent === undefined) throw new Error("Nothing was sent");
  return sent;
}

/** The model in the path of Amazon Bedrock. */
const modelIn = (target: string): string => decodeURIComponent(target.split("/")[2] ?? "");

/** Where what is sent for a request differs from what was recorded. */
const paths = new Map<string, readonly string[]>();

test("three turns of two requests are there to agree with", () => {
  expect(pairs.map(({ name }) => name)).toEqual(
    ["opus", "sonnet", "haiku"].flatMap((turn) => [`request 1 of ${turn}`, `request 2 of ${turn}`]),
  );
});

test.each(pairs)(
  "createFetch() sends Amazon Bedrock, for $name, what Claude Code sends there, but for the listed differences",
  async ({ name, given, recorded }) => {
    const { method, target: path, body } = recorded;
    const differing = differingPaths(await sentFor(given, modelIn(path)), { method, path, body: byFlag(body) });
    paths.set(name, differing);

    expect(differing.filter((each) => !DIFFERENCES.some(([pattern]) => pattern.test(each)))).toEqual([]);
  },
);

test("no difference is listed that there is not", () => {
  const differing = [...paths.values()].flat();

  expect(DIFFERENCES.filter(([pattern]) => !differing.some((path) => pattern.test(path)))).toEqual([]);
});

test("no rule is broken", () => {
  expect(brokenRules(fake)).toEqual([]);
});

import { beforeAll, describe, expect, test } from "vitest";
import { brokenRules, judgeTurn, type TurnObservation } from "./judge-turn.ts";
import { CLAUDE_CODE_VERSION } from "./platform-packages.ts";
import { speakTurn } from "./speak-turn.ts";
import type { TurnEvents } from "./stream-json.ts";
import type { TurnCase } from "./turn-case.ts";
import { TURN_CASES } from "./turn-cases.ts";

const turn = TURN_CASES.find(({ name }) => name === "anthropic-aws-api-key")!;
let good: TurnObservation;

beforeAll(async () => {
  good = await speakTurn();
});

const withEvents = (events: Partial<TurnEvents>): TurnObservation => ({
  ...good,
  events: { ...good.events, ...events },
});
const withCall = (call: object): TurnObservation =>
  withEvents({ toolCalls: good.events.toolCalls.map((made) => ({ ...made, ...call })) });

describe("judgeTurn()", () => {
  test("has nothing to say of a turn that went well", () => {
    expect(judgeTurn(turn, good)).toEqual([]);
  });

  const faults: readonly (readonly [title: string, make: () => TurnObservation, problem: string])[] = [
    ["an exit status", () => ({ ...good, exitStatus: 1 }), "ended with status 1"],
    [
      "another version",
      () => withEvents({ version: "2.1.330" }),
      `says that it is 2.1.330, not ${CLAUDE_CODE_VERSION}`,
    ],
    ["a line that is no JSON", () => withEvents({ otherLines: ["oops"] }), "is no JSON: oops"],
    ["no end", () => withEvents({ result: undefined }), "the turn did not end"],
    ["an error", () => withEvents({ result: { isError: true, text: "API Error" } }), "ended in an error: API Error"],
    ["another text", () => withEvents({ result: { isError: false, text: "Hi" } }), 'the turn ended with "Hi", not'],
    ["no tool call", () => withEvents({ toolCalls: [] }), "no tool was called"],
    [
      "two tool calls",
      () => withEvents({ toolCalls: [...good.events.toolCalls, ...good.events.toolCalls] }),
      "2 tools were called",
    ],
    ["another tool", () => withCall({ name: "Read" }), 'the call was Read {"command":'],
    ["another output", () => withCall({ result: { text: "bye", isError: false } }), 'Bash said "bye", not'],
    ["a tool that failed", () => withCall({ result: { text: "denied", isError: true } }), "Bash failed: denied"],
    ["a result that was not sent", () => withCall({ id: "toolu_other" }), "no request held the result of Bash"],
    ["no request", () => ({ ...good, journal: { ...good.journal, exchanges: [] } }), "no request reached the fake"],
    ["dropped exchanges", () => ({ ...good, journal: { ...good.journal, dropped: 2 } }), "2 exchanges were dropped"],
    ["nothing judged", () => ({ ...good, report: { ...good.report, passed: 0 } }), "no rule was judged"],
    ["another host", () => ({ ...good, refused: ["a.example:443"] }), "wanted to reach a.example:443"],
  ];
  test.each(faults)("names %s", (_title, make, problem) => {
    expect(judgeTurn(turn, make()).join("\n")).toContain(problem);
  });

  test("asks of a turn through a gateway how that did", () => {
    const through: TurnCase = { ...turn, gateway: { setUp: "messages" } };
    const problems = (gateway: TurnObservation["gateway"]) => judgeTurn(through, { ...good, gateway });

    expect(problems({ complaints: "", exitStatus: 0 })).toEqual([]);
    expect(problems(undefined)).toEqual(["no gateway was there"]);
    expect(problems({ complaints: "Not ready", exitStatus: null })).toEqual([
      "the gateway complained: Not ready",
      "the gateway ended with status null",
    ]);
  });

  test("names what the fake refused, with the keys of the body, and the rule that failed", async () => {
    const problems = judgeTurn(turn, await speakTurn({ apiKey: "unknown" })).join("\n");
    expect(problems).toContain("failed the check authentication");
    expect(problems).toContain("body keys: model, messages, tools, max_tokens; betas: claude-code-20250219, effort-");
    expect(problems).toContain("was answered 401");
    expect(problems).toContain("was authenticated by nothing, not by x-api-key");
  });

  test("names another provider and another authentication", () => {
    const other = { ...turn, provider: "mantle", authentication: "bearer" } as const;
    const problems = judgeTurn(other, good);
    expect(problems).toContain("POST /v1/messages?beta=true arrived at anthropic-aws, not at mantle");
    expect(problems).toContain("POST /v1/messages?beta=true was authenticated by x-api-key, not by bearer");
  });

  test("notices an output that was changed on its way back to the model", async () => {
    const problems = judgeTurn(turn, await speakTurn({ toolOutput: "something else" }));
    expect(problems).toEqual(["the result of Bash was sent as something else"]);
  });

  test("accepts any tool and any text where the fake decides", () => {
    const decided = { ...turn, behaviour: "default" } as const;
    const observation = withEvents({ result: { isError: false, text: "Whatever" } });
    expect(judgeTurn(decided, observation)).toEqual([]);
    expect(judgeTurn(decided, withEvents({ result: { isError: false, text: "" } }))).toEqual([
      "nothing was said at the end",
    ]);
  });
});

test("brokenRules() gives each broken rule of a level with its first example", () => {
  const [client] = good.report.clients;
  const [rule] = client?.rules ?? [];
  const first = { exchange: "1", request: "POST /v1/messages", message: "Found a.", fix: "Do b.", diagnosis: [] };
  const broken = { ...rule!, rule: "no-cookie", level: "fail", broken: 3, first } as const;
  const report = { ...good.report, clients: [{ ...client!, rules: [rule!, broken] }] };
  expect(brokenRules(report, "fail")).toEqual([
    `no-cookie (claude-cli/${CLAUDE_CODE_VERSION}, 3 x): POST /v1/messages: Found a.`,
  ]);
  expect(brokenRules(report, "warn")).toEqual([]);
  expect(judgeTurn(turn, { ...good, report })).toEqual([expect.stringContaining("a rule failed: no-cookie")]);
});

describe("judgeTurn() of a turn through the proxy", () => {
  const proxied = (host: string, quiet: boolean): TurnCase => ({ ...turn, proxied: { hosts: [host], quiet } });

  test("wants requests to be for the host of the region", () => {
    expect(judgeTurn(proxied("127.0.0.1:4242", true), good)).toEqual([]);
    expect(judgeTurn(proxied("aws-external-anthropic.us-east-1.api.aws", true), good)).toEqual([
      "a request was for 127.0.0.1:4242, not aws-external-anthropic.us-east-1.api.aws",
      "a request was for 127.0.0.1:4242, not aws-external-anthropic.us-east-1.api.aws",
      "no request was for aws-external-anthropic.us-east-1.api.aws",
    ]);
  });

  test("wants a refused host where the program was not kept from calling home, and none where it was", () => {
    const refused = { ...good, refused: ["telemetry.example.com:443"] };
    expect(judgeTurn(proxied("127.0.0.1:4242", false), refused)).toEqual([]);
    expect(judgeTurn(proxied("127.0.0.1:4242", false), good)).toHaveLength(1);
    expect(judgeTurn(proxied("127.0.0.1:4242", true), refused)).toHaveLength(1);
  });
});

describe("judgeTurn() of a turn whose credentials end", () => {
  const renewed: TurnCase = { ...turn, renewal: "awsAuthRefresh" };

  test("wants a refusal, a second session, and an answer behind it", () => {
    expect(judgeTurn(renewed, good)).toEqual([
      "no request was refused for credentials that had ended",
      "0 sessions were begun, not 2",
    ]);
  });

  test("takes a refusal for ended credentials, and no other", () => {
    const [first, second] = good.journal.exchanges;
    const session = { ...first!, provider: "sts", operation: "AssumeRole" };
    const refusedBy = (name: "credentials-expired" | "signature-mismatch") => ({
      ...first!,
      reply: { status: 403, headers: [] },
      checks: [{ check: "authentication" as const, fault: { name, message: "refused", details: {} } }],
    });
    const judge = (refused: ReturnType<typeof refusedBy>): readonly string[] =>
      judgeTurn(renewed, {
        ...good,
        journal: { ...good.journal, exchanges: [session, first!, refused, session, second!] },
      });

    expect(judge(refusedBy("credentials-expired"))).toEqual([]);
    expect(judge(refusedBy("signature-mismatch"))).toContainEqual(
      expect.stringContaining("failed the check authentication, signature-mismatch"),
    );
  });
});

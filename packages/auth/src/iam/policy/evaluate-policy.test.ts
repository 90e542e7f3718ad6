import { readJson } from "@claude-on-aws/fixtures";
import { describe, expect, test } from "vitest";
import { evaluatePolicy, type PolicyRequest } from "./evaluate-policy.ts";
import { MANAGED_POLICIES } from "./managed-policies.ts";
import { parsePolicy } from "./parse-policy.ts";
import type { Policy } from "./policy.ts";

/** A row of the table; `by` is the policy and the Sid, or else the index, of the statement that decides. */
interface Row {
  readonly policies: readonly string[];
  readonly boundary?: string;
  readonly session?: readonly string[];
  readonly request: PolicyRequest;
  readonly decision: string;
  readonly by: string | null;
  readonly why: string;
  readonly source: string;
}

const ROWS = readJson<Row[]>("policies/decisions.json");
const DOCUMENTS = new Map<string, object>([
  ...Object.entries(MANAGED_POLICIES).map(([name, { document }]) => [name, document] as const),
  ...Object.entries(readJson<Record<string, object>>("policies/policies.json")),
]);

function policy(name: string): Policy {
  const document = DOCUMENTS.get(name);
  if (document === undefined) throw new Error(`no policy ${name}`);
  return parsePolicy(JSON.stringify(document), { name });
}

const TITLED_ROWS = ROWS.map((row) => ({
  ...row,
  title: `${[...row.policies, ...(row.boundary === undefined ? [] : [row.boundary]), ...(row.session ?? [])].join(" + ") || "no policy"}, ${row.request.action}: ${row.why}`,
}));

describe("evaluatePolicy()", () => {
  test("has a table with no row twice", () => {
    const asked = ROWS.map(({ policies, boundary, session, request }) =>
      JSON.stringify([policies, boundary, session, request]),
    );

    expect(ROWS.length).toBeGreaterThan(130);
    expect(new Set(asked).size).toBe(ROWS.length);
    const used = new Set(ROWS.flatMap(({ policies, boundary, session = [] }) => [...policies, boundary, ...session]));
    for (const name of DOCUMENTS.keys()) expect(used).toContain(name);
  });

  test.each(TITLED_ROWS)("$title: $decision", ({ policies, boundary, session, request, decision, by }) => {
    const found = evaluatePolicy(
      {
        identity: policies.map(policy),
        ...(boundary !== undefined && { boundary: policy(boundary) }),
        ...(session !== undefined && { session: session.map(policy) }),
      },
      request,
    );

    expect(found.decision).toBe(decision);
    const { statement } = found;
    expect(statement === undefined ? null : `${statement.policy}/${statement.sid ?? statement.statementIndex}`).toBe(
      by,
    );
    // The sentence and the statement say the same.
    expect(found.reason).toContain(statement?.policy ?? "allows");
  });

  test("says which statements name the action and yet do not apply", () => {
    const { missed, reason } = evaluatePolicy([policy("single-workspace")], {
      action: "aws-external-anthropic:ListWorkspaces",
    });

    expect(missed).toEqual([
      {
        statement: {
          kind: "identity",
          policyIndex: 0,
          policy: "single-workspace",
          statementIndex: 0,
          sid: undefined,
        },
        effect: "Allow",
        because: "resource",
        path: "$.Statement[0].Resource",
      },
    ]);
    expect(reason).toContain("names the action, but not the resource");
  });

  test("names the place of a typing error, and of a condition that does not hold", () => {
    const action = "aws-external-anthropic:CreateInference";
    const typo = evaluatePolicy([policy("typo-not-action")], { action });
    const condition = evaluatePolicy([policy("office")], { action, context: { "aws:SourceIp": "192.0.2.1" } });

    expect(typo.missed).toMatchObject([{ because: "typing-error", path: "$.Statement[0].NotAction" }]);
    expect(condition.missed).toMatchObject([
      { because: "condition", path: '$.Statement[0].Condition.IpAddress["aws:SourceIp"]' },
    ]);
  });

  describe("of several statements that do not apply, the reason names the one that got furthest", () => {
    const action = "bedrock:InvokeModel";
    const resource = "arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-opus-4-7";
    const here = { Effect: "Allow", Action: action, Resource: resource };
    const ELSEWHERE = { ...here, Resource: `${resource}x` };
    const CONDITION = { ...here, Condition: { StringEquals: { "aws:RequestedRegion": "eu-west-1" } } };
    const TYPING_ERROR = { ...here, Condition: { StringEquals: { "aws:RequestedRegin": "us-east-1" } } };
    const OTHER_ACTION = { ...here, Action: "bedrock:CountTokens" };
    const reasonFor = (...Statement: object[]): string =>
      evaluatePolicy([parsePolicy({ Version: "2012-10-17", Statement })], {
        action,
        resource,
        context: { "aws:RequestedRegion": "us-east-1" },
      }).reason;

    test.each([
      [
        "a condition, before another resource",
        [CONDITION, ELSEWHERE],
        /: statement 0 .* names both, but its condition/,
      ],
      ["a condition, after another resource", [ELSEWHERE, CONDITION], /: statement 1 .* names both, but its condition/],
      ["the first of two conditions", [ELSEWHERE, CONDITION, CONDITION], /: statement 1 .* its condition/],
      ["the first of two other resources", [ELSEWHERE, ELSEWHERE], /: statement 0 .* but not the resource/],
      ["what only a typing error keeps", [CONDITION, TYPING_ERROR, ELSEWHERE], /: statement 1 .* a typing error/],
      [
        "none that names another action",
        [OTHER_ACTION, ELSEWHERE, OTHER_ACTION],
        /: statement 1 .* but not the resource/,
      ],
      [
        "the seventeenth",
        [...Array.from({ length: 16 }, () => ELSEWHERE), CONDITION],
        /: statement 16 .* its condition/,
      ],
      ["nothing where none names the action", [OTHER_ACTION], /claude-opus-4-7$/],
    ] as const)("%s", (_, statements, says) => {
      expect(reasonFor(...statements)).toMatch(says);
    });
  });

  test("keeps at most sixteen of them", () => {
    const statement = { Effect: "Allow", Action: "*", Resource: "arn:aws:s3:::none" };
    const many = parsePolicy({ Version: "2012-10-17", Statement: Array.from({ length: 40 }, () => statement) });

    expect(evaluatePolicy([many], { action: "s3:GetObject", resource: "arn:aws:s3:::some" }).missed).toHaveLength(16);
  });

  test("names the kind of policies that does not allow, in the order of AWS", () => {
    const action = "aws-external-anthropic:CreateFile";
    const everything = policy("AnthropicFullAccess");
    const nothing = policy("provisioning");

    expect(evaluatePolicy({ identity: [nothing], boundary: nothing, session: [nothing] }, { action }).kind).toBe(
      "identity",
    );
    expect(evaluatePolicy({ identity: [everything], boundary: nothing, session: [nothing] }, { action }).kind).toBe(
      "boundary",
    );
    expect(evaluatePolicy({ identity: [everything], session: [everything], trust: [] }, { action })).toMatchObject({
      decision: "implicit-deny",
      kind: "trust",
    });
    expect(evaluatePolicy({ identity: [], trust: [everything] }, { action }).kind).toBe("identity");
    expect(evaluatePolicy({ identity: [everything], boundary: everything, session: [] }, { action }).kind).toBe(
      "session",
    );
  });

  test("allows nothing if no resource is named at all", () => {
    const { decision } = evaluatePolicy([policy("allow-all")], { action: "bedrock:InvokeModel", resources: [] });

    expect(decision).toBe("implicit-deny");
  });
});

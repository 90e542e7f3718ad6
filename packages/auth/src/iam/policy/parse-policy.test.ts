import { describe, expect, test } from "vitest";
import { AuthError } from "../../errors.ts";
import { parsePolicy } from "./parse-policy.ts";

const statement = { Effect: "Allow", Action: "bedrock:InvokeModel", Resource: "*" };
const withStatement = (changes: object): object => ({
  Version: "2012-10-17",
  Statement: [{ ...statement, ...changes }],
});

function refusal(policy: string | object): AuthError {
  try {
    parsePolicy(policy);
  } catch (error) {
    if (error instanceof AuthError) return error;
    throw error;
  }
  throw new Error("the policy was read");
}

describe("parsePolicy()", () => {
  test("reads every element, with its place", () => {
    const policy = parsePolicy(
      JSON.stringify({
        Version: "2012-10-17",
        Id: "an id",
        Statement: [
          {
            Sid: "One",
            Effect: "Deny",
            NotAction: ["bedrock:Get*", "bedrock:List*"],
            NotResource: "arn:aws:bedrock:*::foundation-model/*",
            Condition: {
              Bool: { "aws:SecureTransport": false },
              NumericLessThan: { "aws:MultiFactorAuthAge": [1, "2"] },
            },
          },
        ],
      }),
      { name: "mine" },
    );

    expect(policy).toEqual({
      name: "mine",
      version: "2012-10-17",
      versionGiven: true,
      id: "an id",
      statements: [
        {
          path: "$.Statement[0]",
          sid: "One",
          effect: "Deny",
          action: {
            element: "NotAction",
            values: [
              { text: "bedrock:Get*", path: "$.Statement[0].NotAction[0]" },
              { text: "bedrock:List*", path: "$.Statement[0].NotAction[1]" },
            ],
          },
          resource: {
            element: "NotResource",
            values: [{ text: "arn:aws:bedrock:*::foundation-model/*", path: "$.Statement[0].NotResource" }],
          },
          conditions: [
            {
              operatorPath: "$.Statement[0].Condition.Bool",
              operator: "Bool",
              path: '$.Statement[0].Condition.Bool["aws:SecureTransport"]',
              key: "aws:SecureTransport",
              values: [{ text: "false", path: '$.Statement[0].Condition.Bool["aws:SecureTransport"]' }],
            },
            {
              operatorPath: "$.Statement[0].Condition.NumericLessThan",
              operator: "NumericLessThan",
              path: '$.Statement[0].Condition.NumericLessThan["aws:MultiFactorAuthAge"]',
              key: "aws:MultiFactorAuthAge",
              values: [
                { text: "1", path: '$.Statement[0].Condition.NumericLessThan["aws:MultiFactorAuthAge"][0]' },
                { text: "2", path: '$.Statement[0].Condition.NumericLessThan["aws:MultiFactorAuthAge"][1]' },
              ],
            },
          ],
        },
      ],
    });
  });

  test("takes one statement without a list, and a policy without a version as one of 2008", () => {
    const policy = parsePolicy({ Statement: statement });

    expect(policy.statements.map(({ path }) => path)).toEqual(["$.Statement"]);
    expect([policy.version, policy.versionGiven]).toEqual(["2008-10-17", false]);
  });

  test.each<[what: string, policy: string | object, path: string, says: string]>([
    ["not JSON", "{", "$", "not JSON"],
    ["a list", "[]", "$", "found a list, expected an object"],
    ["no statement", { Version: "2012-10-17" }, "$.Statement", "found nothing, expected a statement"],
    ["an empty list of statements", { Statement: [] }, "$.Statement", "found an empty list"],
    ["a statement that is a text", { Statement: ["x"] }, "$.Statement[0]", 'found "x", expected an object'],
    ["a version of no kind", { Version: "2012-10-18", Statement: [] }, "$.Version", 'expected "2012-10-17"'],
    ["an id that is a number", { Id: 1, Statement: statement }, "$.Id", "found 1, expected a text"],
    ["an unknown element", { Version: "2012-10-17", Statements: [] }, "$.Statements", 'expected "Statement"'],
    ["an element in another case", withStatement({ effect: "Deny" }), "$.Statement[0].effect", 'expected "Effect"'],
    ["an effect of no kind", withStatement({ Effect: "allow" }), "$.Statement[0].Effect", 'found "allow"'],
    ["no effect", withStatement({ Effect: undefined }), "$.Statement[0].Effect", "found nothing"],
    ["a principal", withStatement({ Principal: "*" }), "$.Statement[0].Principal", "resource-based policy"],
    ["a principal left out", withStatement({ NotPrincipal: "*" }), "$.Statement[0].NotPrincipal", "resource-based"],
    ["Action and NotAction", withStatement({ NotAction: "*" }), "$.Statement[0]", "found both, expected either Action"],
    ["no action", withStatement({ Action: undefined }), "$.Statement[0]", "found neither, expected either Action"],
    ["no resource", withStatement({ Resource: undefined }), "$.Statement[0]", "either Resource or NotResource"],
    ["no action in a list", withStatement({ Action: [] }), "$.Statement[0].Action", "found an empty list"],
    ["an action that is null", withStatement({ Action: [null] }), "$.Statement[0].Action[0]", "found null"],
    ["a Sid with a space", withStatement({ Sid: "my statement" }), "$.Statement[0].Sid", "letters and digits only"],
    [
      "a Sid twice",
      {
        Statement: [
          { ...statement, Sid: "A" },
          { ...statement, Sid: "A" },
        ],
      },
      "$.Statement[1].Sid",
      "each Sid once",
    ],
    ["a condition that is a text", withStatement({ Condition: "x" }), "$.Statement[0].Condition", "expected an object"],
    [
      "keys that are a list",
      withStatement({ Condition: { Bool: [] } }),
      "$.Statement[0].Condition.Bool",
      "found a list, expected an object",
    ],
    [
      "a value that is an object",
      withStatement({ Condition: { Bool: { "aws:SecureTransport": {} } } }),
      '$.Statement[0].Condition.Bool["aws:SecureTransport"]',
      "found an object, expected a text",
    ],
    [
      "an operator twice, of which JSON.parse would lose one",
      '{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringEquals":{"a:b":"c"},"String\\u0045quals" : {}}}]}',
      "$.Statement[0].Condition.StringEquals",
      "for the second time",
    ],
    ["an effect twice", '{"Statement":{"Effect":"Deny","Effect":"Allow"}}', "$.Statement.Effect", "second time"],
  ])("refuses %s", (_, policy, path, says) => {
    const error = refusal(policy);

    expect(error.code).toBe("POLICY_MALFORMED");
    expect(error.path).toBe(path);
    expect(error.message).toContain(says);
  });

  test("takes keys that occur again in another object, and texts that look like keys", () => {
    const text =
      '{"Statement":[{"Sid":"a","Effect":"Allow","Action":["\\":\\"","a:b"],"Resource":"*"},{"Effect":"Deny","Action":"*","Resource":"*"}]}';

    expect(parsePolicy(text).statements).toHaveLength(2);
  });

  test("refuses a policy that is too large, as text and as an object", () => {
    const policy = { Version: "2012-10-17", Statement: { ...statement, Action: Array<string>(3_000).fill("s3:Get") } };

    expect(refusal(policy).code).toBe("POLICY_TOO_LARGE");
    expect(refusal(JSON.stringify(policy)).code).toBe("POLICY_TOO_LARGE");
    expect(parsePolicy(policy, { maxCharacters: 100_000 }).statements).toHaveLength(1);
    expect(parsePolicy(JSON.stringify(policy), { maxCharacters: 100_000 }).statements).toHaveLength(1);
  });
});

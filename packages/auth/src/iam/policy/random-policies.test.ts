import { RUNTIME_INDEX, soakLength, soakProperty } from "@claude-on-aws/fixtures";
import { array, assert, constantFrom, option, property, record, uniqueArray, type Arbitrary } from "fast-check";
import { describe, expect, test } from "vitest";
import { evaluatePolicy } from "./evaluate-policy.ts";
import { parsePolicy } from "./parse-policy.ts";

// A second evaluator, written from the documents alone: slow, without regular expressions, without anything of ours.

const WS = "arn:aws:aws-external-anthropic:us-west-2:123456789012:workspace/wrkspc_";
const GOOD_ACTIONS = [
  "*",
  "*:*",
  "bedrock:*",
  "aws-external-anthropic:*",
  "aws-external-anthropic:Create*",
  "aws-external-anthropic:createinference",
  "aws-external-anthropic:*Inference*",
  "aws-external-anthropic:Get?odel",
  "aws-external-anthropic:ListWorkspaces",
  "bedrock:InvokeModel",
  "s3:Get*",
];
/** Wrong names that IAM keeps, and that match nothing. */
const UNKNOWN_ACTIONS = ["aws-external-anthropic:CreateInferense", "aws-external-antropic:*", "bedrock:Invoke"];
/** Wrong names that IAM refuses, with what they deny all the same. */
const REFUSED_ACTIONS = new Map([
  ["CreateInference", ":createinference"],
  ["*edrock:InvokeModel", "bedrock:invokemodel"],
]);
const ASKED_ACTIONS = [
  "aws-external-anthropic:CreateInference",
  "aws-external-anthropic:GetModel",
  "aws-external-anthropic:ListWorkspaces",
  "bedrock:InvokeModel",
  "s3:GetObject",
];
const ACCOUNT_ACTIONS = ["aws-external-anthropic:listworkspaces"];

const GOOD_RESOURCES = [
  "*",
  `${WS}1`,
  `${WS}*`,
  `${WS}?`,
  "arn:aws:aws-external-anthropic:us-*-2:123456789012:workspace/*",
  "arn:aws:aws-external-anthropic:us-west-?:*:workspace/*1",
  "arn:aws:aws-external-anthropic:*",
  "arn:aws:aws-external-anthropic:*:workspace/wrkspc_1",
  "arn:aws:aws-external-anthropic:u*2:123456789012:workspace/wrkspc_1",
  "arn:aws:aws-external-anthropic:u*2:workspace/wrkspc_*",
  "arn:aws:aws-external-anthropic:us-west-2:123456789012:workspace/wrkspc_${aws:PrincipalTag/team}",
  "arn:aws:aws-external-anthropic:us-west-2:123456789012:workspace/wrkspc_${aws:PrincipalTag/team, '2'}",
  "arn:aws:bedrock:*::foundation-model/anthropic.*",
];
const UNKNOWN_RESOURCES = [
  "arn:aws:aws-external-anthropic:us-west-2:123456789012:workspaces/*",
  "arn:aws:bedrock:us-east-1:123456789012:foundation-model/*",
];
const REFUSED_RESOURCES = ["wrkspc_1", "arn:aws:*:us-west-2:123456789012:workspace/*"];
const ASKED_RESOURCES = [
  `${WS}1`,
  `${WS}2`,
  `${WS}*`,
  "arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude",
  "*",
];

const KINDS: Record<string, string[]> = {
  String: ["Equals", "NotEquals", "EqualsIgnoreCase", "NotEqualsIgnoreCase", "Like", "NotLike"],
  Numeric: ["Equals", "NotEquals", "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals"],
  Date: ["Equals", "NotEquals", "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals"],
  Arn: ["Equals", "Like", "NotEquals", "NotLike"],
};
const OPERATORS = [
  ...Object.entries(KINDS).flatMap(([kind, ways]) => ways.map((way) => `${kind}${way}`)),
  "Bool",
  "IpAddress",
  "NotIpAddress",
];
const QUALIFIED = [
  ...OPERATORS,
  ...OPERATORS.flatMap((name) => [`${name}IfExists`, `ForAllValues:${name}`, `ForAnyValue:${name}IfExists`]),
  "Null",
  "Null",
  "StringEqual",
  "NullIfExists",
];
const KEYS = ["aws:RequestedRegion", "AWS:TagKeys", "aws:PrincipalTag/team", "aws:SourceIp", "aws:RequestedRegoin"];
const VALUES = [
  "us-west-2",
  "US-WEST-2",
  "us-*",
  "1",
  "10",
  "true",
  "false",
  "${aws:PrincipalTag/team}",
  "10.0.0.0/8",
  "10.1.2.3",
  "2026-01-01T00:00:00Z",
  "arn:aws:iam::1:role/a*",
];
const GIVEN = [
  "us-west-2",
  "1",
  "9",
  "true",
  "10.1.2.3",
  "11.0.0.1",
  "2026-06-01T00:00:00Z",
  "arn:aws:iam::1:role/ab",
  "*",
  "",
];

type Statement = Record<string, unknown>;
interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

const statements: Arbitrary<Statement> = record({
  effect: constantFrom("Allow", "Allow", "Allow", "Deny"),
  actionElement: constantFrom("Action", "Action", "Action", "NotAction"),
  actions: array(constantFrom(...GOOD_ACTIONS, ...GOOD_ACTIONS, ...UNKNOWN_ACTIONS, ...REFUSED_ACTIONS.keys()), {
    minLength: 1,
    maxLength: 3,
  }),
  resourceElement: constantFrom("Resource", "Resource", "Resource", "NotResource"),
  resources: array(constantFrom(...GOOD_RESOURCES, ...GOOD_RESOURCES, ...UNKNOWN_RESOURCES, ...REFUSED_RESOURCES), {
    minLength: 1,
    maxLength: 3,
  }),
  conditions: array(
    record({
      operator: constantFrom(...QUALIFIED),
      key: constantFrom(...KEYS),
      values: array(constantFrom(...VALUES), { minLength: 1, maxLength: 3 }),
    }),
    { maxLength: 2 },
  ),
}).map(({ effect, actionElement, actions, resourceElement, resources, conditions }) => ({
  Effect: effect,
  [actionElement]: actions,
  [resourceElement]: resources,
  ...(conditions.length > 0 && { Condition: asJson(conditions) }),
}));

function asJson(conditions: readonly Condition[]): Record<string, Record<string, readonly string[]>> {
  const block: Record<string, Record<string, readonly string[]>> = {};
  for (const { operator, key, values } of conditions) block[operator] = { ...block[operator], [key]: values };
  return block;
}

const policies = record({
  Version: constantFrom("2012-10-17", "2012-10-17", "2008-10-17"),
  Statement: array(statements, { minLength: 1, maxLength: 4 }),
});

const cases = record({
  documents: array(policies, { minLength: 1, maxLength: 3, size: "max" }),
  action: constantFrom(...ASKED_ACTIONS, ...ASKED_ACTIONS.slice(0, 2)),
  resource: constantFrom(...ASKED_RESOURCES),
  region: option(constantFrom(...GIVEN)),
  tags: option(uniqueArray(constantFrom(...GIVEN), { maxLength: 3 })),
  team: option(constantFrom("1", "*", "us-west-2")),
  ip: option(constantFrom("10.1.2.3", "11.0.0.1")),
});

const RUNS_OF_SOAK = 10_000;
/** Others on each runtime. */
const RUNS = 500;

describe("evaluatePolicy() and a naive evaluator", () => {
  test("agree on random policies", () => {
    const counted = new Map<string, number>();
    assert(
      property(cases, ({ documents, action, resource, region, tags, team, ip }) => {
        const context: Record<string, string | string[]> = {};
        if (region !== null) context["aws:requestedregion"] = region;
        if (tags !== null) context["aws:tagkeys"] = tags;
        if (team !== null) context["aws:principaltag/team"] = team;
        if (ip !== null) context["aws:sourceip"] = ip;
        const expected = naive(documents, action.toLowerCase(), resource, context);
        counted.set(expected, (counted.get(expected) ?? 0) + 1);

        const found = evaluatePolicy(
          documents.map((document) => parsePolicy(document)),
          { action, resource, context },
        );
        expect(found.decision).toBe(expected);
      }),
      { ...soakProperty(RUNS_OF_SOAK, RUNS), seed: 20_121_017 + RUNTIME_INDEX },
    );

    for (const decision of ["allowed", "explicit-deny", "implicit-deny"]) {
      expect(counted.get(decision)).toBeGreaterThan(soakLength(RUNS_OF_SOAK, RUNS) / 10);
    }
  }, 120_000);
});

type Document = { Version: string; Statement: Statement[] };
type Context = Record<string, string | string[]>;

function naive(documents: readonly Document[], action: string, resource: string, context: Context): string {
  const asked = ACCOUNT_ACTIONS.includes(action) ? "*" : resource;
  let allowed = false;
  for (const { Version, Statement } of documents) {
    for (const statement of Statement) {
      if (!applies(statement, Version === "2012-10-17", action, asked, context)) continue;
      if (statement["Effect"] === "Deny") return "explicit-deny";
      allowed = true;
    }
  }
  return allowed ? "allowed" : "implicit-deny";
}

function applies(statement: Statement, modern: boolean, action: string, resource: string, context: Context): boolean {
  const denies = statement["Effect"] === "Deny";
  const named = statement["Action"] as string[] | undefined;
  const unnamed = statement["NotAction"] as string[] | undefined;
  if (named !== undefined) {
    if (!named.some((each) => actionMatches(each, action, denies))) return false;
  } else if (unnamed !== undefined) {
    if (unnamed.some((each) => actionMatches(each, action, false))) return false;
    if (!denies && unnamed.some((each) => UNKNOWN_ACTIONS.includes(each) || REFUSED_ACTIONS.has(each))) return false;
  }
  const on = statement["Resource"] as string[] | undefined;
  const off = statement["NotResource"] as string[] | undefined;
  if (on !== undefined) {
    const fits = (each: string): boolean =>
      REFUSED_RESOURCES.includes(each) ? denies : resourceMatches(each, resource, modern, context);
    if (!on.some(fits)) return false;
  } else if (off !== undefined) {
    if (off.some((each) => !REFUSED_RESOURCES.includes(each) && resourceMatches(each, resource, modern, context))) {
      return false;
    }
    if (!denies && off.some((each) => REFUSED_RESOURCES.includes(each) || UNKNOWN_RESOURCES.includes(each)))
      return false;
  }
  let unclear = false;
  for (const [operator, keys] of Object.entries(
    (statement["Condition"] ?? {}) as Record<string, Record<string, string[]>>,
  )) {
    for (const [key, values] of Object.entries(keys)) {
      const outcome = conditionHolds(operator, key.toLowerCase(), values, modern, context);
      if (outcome === false) return false;
      if (outcome === undefined) unclear = true;
    }
  }
  return unclear ? denies : true;
}

function actionMatches(written: string, action: string, denies: boolean): boolean {
  const refused = REFUSED_ACTIONS.get(written);
  if (refused !== undefined) return denies && action.endsWith(refused);
  return glob(characters(written.toLowerCase(), true), action);
}

function resourceMatches(written: string, resource: string, modern: boolean, context: Context): boolean {
  const pattern = substitute(written, modern, true, context);
  return pattern !== undefined && glob(pattern, resource, true);
}

/** True, false, or undefined where the condition is wrong in itself. */
function conditionHolds(
  written: string,
  key: string,
  values: readonly string[],
  modern: boolean,
  context: Context,
): boolean | undefined {
  if (written === "StringEqual" || written === "NullIfExists" || key === "aws:requestedregoin") return undefined;
  const given = context[key];
  const have = given === undefined ? [] : Array.isArray(given) ? given : [given];
  if (written === "Null") {
    if (values.some((value) => value !== "true" && value !== "false")) return undefined;
    return values.includes(have.length === 0 ? "true" : "false");
  }
  const all = written.startsWith("ForAllValues:");
  const any = written.startsWith("ForAnyValue:");
  let name = written.slice(all ? 13 : any ? 12 : 0);
  const optional = name.endsWith("IfExists");
  if (optional) name = name.slice(0, -8);
  if (values.some((value) => !valueFits(name, value, modern))) return undefined;
  const negated = name.includes("Not");
  const positive = negated ? name.split("Not").join("") : name;
  const one = (value: string): boolean =>
    values.some((each) => compare(positive, each, value, modern, context)) !== negated;
  if (have.length === 0 && optional) return true;
  if (all) return have.every((value) => value === "") || have.every((value) => one(value));
  if (any) return have.some((value) => one(value));
  if (have.length === 0) return negated;
  return have.length > 1 ? undefined : one(have[0] ?? "");
}

function valueFits(name: string, value: string, modern: boolean): boolean {
  if (name.startsWith("String")) return true;
  if (name === "Bool") return value === "true" || value === "false";
  if (name.startsWith("Numeric")) return value === "1" || value === "10";
  if (name.startsWith("Date")) return value.startsWith("2026-");
  if (name.startsWith("Arn")) return value.startsWith("arn:") || (modern && value.startsWith("${"));
  return value.startsWith("10.");
}

function compare(name: string, written: string, value: string, modern: boolean, context: Context): boolean {
  if (name.startsWith("String") || name.startsWith("Arn")) {
    const pattern = substitute(written, modern, name === "StringLike" || name.startsWith("Arn"), context);
    if (pattern === undefined) return false;
    if (name === "StringEqualsIgnoreCase") {
      return (
        pattern
          .map(({ character }) => character)
          .join("")
          .toLowerCase() === value.toLowerCase()
      );
    }
    if (name.startsWith("String")) return glob(pattern, value);
    const text = pattern.map(({ character }) => character).join("");
    const [parts, given] = [sixParts(text), sixParts(value)];
    if (parts === undefined || given === undefined) return false;
    // The one value that is an ARN has no variables.
    return parts.every((part, index) => glob(characters(part, true), given[index] ?? ""));
  }
  if (name === "Bool") return written === value;
  if (name === "IpAddress") {
    const range = written === "10.0.0.0/8" ? value.startsWith("10.") : value === written;
    return range && value.split(".").length === 4;
  }
  const read = name.startsWith("Date") ? dateOf : numberOf;
  const [left, right] = [read(value), read(written)];
  if (left === undefined || right === undefined) return false;
  if (name.endsWith("LessThan")) return left < right;
  if (name.endsWith("LessThanEquals")) return left <= right;
  if (name.endsWith("GreaterThan")) return left > right;
  return name.endsWith("GreaterThanEquals") ? left >= right : left === right;
}

const numberOf = (text: string): number | undefined => (["1", "9", "10"].includes(text) ? Number(text) : undefined);
const dateOf = (text: string): number | undefined => (text.startsWith("2026-") ? new Date(text).getTime() : undefined);

function sixParts(text: string): string[] | undefined {
  const parts = text.split(":");
  return parts.length < 6 ? undefined : [...parts.slice(0, 5), parts.slice(5).join(":")];
}

interface Character {
  readonly character: string;
  readonly wild: boolean;
}

function characters(text: string, wildcards: boolean): Character[] {
  return [...text].map((character) => ({ character, wild: wildcards && (character === "*" || character === "?") }));
}

/** The two variables that the random policies use. */
function substitute(text: string, modern: boolean, wildcards: boolean, context: Context): Character[] | undefined {
  const start = text.indexOf("${");
  if (!modern || start === -1) return characters(text, wildcards);
  const end = text.indexOf("}");
  const team = context["aws:principaltag/team"] as string | undefined;
  const value = team ?? (text.slice(start, end).endsWith("'2'") ? "2" : undefined);
  if (value === undefined) return undefined;
  return [
    ...characters(text.slice(0, start), wildcards),
    ...characters(value, false),
    ...characters(text.slice(end + 1), wildcards),
  ];
}

/** Tries every way, from the left. */
function glob(pattern: readonly Character[], text: string, arn = false, colons = 0): boolean {
  const [first, ...rest] = pattern;
  if (first === undefined) return text === "";
  const { character, wild } = first;
  if (!wild) {
    return text.startsWith(character) && glob(rest, text.slice(1), arn, character === ":" ? colons + 1 : colons);
  }
  const inHead = arn && colons < 5;
  if (character === "?") return text !== "" && !(inHead && text[0] === ":") && glob(rest, text.slice(1), arn, colons);
  const confined = inHead && rest.length > 0 && rest[0]?.character !== ":";
  if (glob(rest, text, arn, colons)) return true;
  return text !== "" && !(confined && text[0] === ":") && glob(pattern, text.slice(1), arn, colons);
}

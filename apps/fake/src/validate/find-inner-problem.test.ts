import { describe, expect, test } from "vitest";
import type { BodyCircumstances } from "../exchange/operation.ts";
import { resolveFacts } from "../terms/uncertain-facts.ts";
import { listCacheMarkers } from "./list-cache-markers.ts";
import { findInnerProblem, INNER_CHECKS } from "./find-inner-problem.ts";

const CIRCUMSTANCES: BodyCircumstances = {
  form: { systemRole: true, betaFields: false },
  takesUnknown: false,
  betas: [],
  model: undefined,
  facts: resolveFacts(),
  provider: "bedrock",
};

const TOOL = { name: "f", input_schema: { type: "object" } };

/** Fields that each check refuses; together they make a body in which several things are wrong. */
const FAILING: Readonly<Record<string, object>> = {
  "beta-fields": { context_management: {} },
  "tool-names": { tools: [TOOL, TOOL] },
  "tool-schemas": { tools: [{ ...TOOL, input_schema: { type: "object", anyOf: [{}] } }] },
  "tool-choice": { tool_choice: { type: "tool", name: "g" } },
  "cache-markers": { system: Array.from({ length: 5 }, () => ({ text: "x", cache_control: { type: "ephemeral" } })) },
};

/** Lists of both are put behind each other. */
const together = (one: object, other: object): Record<string, unknown> => {
  const both: Record<string, unknown> = { ...one };
  for (const [field, value] of Object.entries(other)) {
    const before = both[field];
    both[field] = Array.isArray(before) ? [...before, ...value] : value;
  }
  return both;
};

const pairs = INNER_CHECKS.flatMap((first, index) =>
  INNER_CHECKS.slice(index + 1).map((second) => ({ first: first.name, second: second.name })),
);

describe("findInnerProblem()", () => {
  test.each(INNER_CHECKS)("finds what $name refuses", ({ name, find }) => {
    const body = { messages: [], ...FAILING[name] };
    const words = find(body, CIRCUMSTANCES, () => listCacheMarkers(body));

    expect(words).toMatch(/\w/);
    expect(findInnerProblem(body, CIRCUMSTANCES)).toBe(words);
    expect(findInnerProblem({ messages: [], tools: [TOOL] }, CIRCUMSTANCES)).toBeUndefined();
  });

  test.each(pairs)("says what $first finds before what $second does", ({ first, second }) => {
    const body = { messages: [], ...together(FAILING[first] as object, FAILING[second] as object) };
    const [one, other] = [first, second].map((wanted) =>
      INNER_CHECKS.find(({ name }) => name === wanted)?.find(body, CIRCUMSTANCES, () => listCacheMarkers(body)),
    );

    expect(other).toMatch(/\w/);
    expect(one).not.toBe(other);
    expect(findInnerProblem(body, CIRCUMSTANCES)).toBe(one);
  });
});

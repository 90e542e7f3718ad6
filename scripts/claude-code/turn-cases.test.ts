import { describe, expect, test } from "vitest";
import { turnCases } from "./turn-cases.ts";

const url = "http://127.0.0.1:4242";
const SWITCHES = {
  "anthropic-aws": "CLAUDE_CODE_USE_ANTHROPIC_AWS",
  bedrock: "CLAUDE_CODE_USE_BEDROCK",
  mantle: "CLAUDE_CODE_USE_MANTLE",
};
const CREDENTIALS = {
  sigv4: "AWS_SECRET_ACCESS_KEY",
  "x-api-key": "ANTHROPIC_AWS_API_KEY",
  bearer: "AWS_BEARER_TOKEN_BEDROCK",
};

describe("turnCases", () => {
  test("have names of their own", () => {
    expect(new Set(turnCases.map(({ name }) => name)).size).toBe(turnCases.length);
  });

  test("cover every provider with every authentication that it takes", () => {
    const pairs = new Set(turnCases.map(({ provider, authentication }) => `${provider} ${authentication}`));
    expect([...pairs].toSorted()).toEqual([
      "anthropic-aws sigv4",
      "anthropic-aws x-api-key",
      "bedrock bearer",
      "bedrock sigv4",
      "mantle bearer",
      "mantle sigv4",
    ]);
  });

  test.each(turnCases)("$name switches on its provider alone, and has one kind of credentials", (turn) => {
    const variables = turn.variables(url);
    const set = (table: Readonly<Record<string, string>>) =>
      Object.keys(table).filter((key) => Object.hasOwn(variables, table[key] ?? ""));
    expect(set(SWITCHES)).toEqual([turn.provider]);
    expect(set(CREDENTIALS)).toEqual([turn.authentication]);
    expect(Object.entries(variables).filter(([name]) => name.endsWith("_BASE_URL"))).toEqual([
      [expect.anything(), expect.stringMatching(/^http:\/\/127\.0\.0\.1:4242(?:\/anthropic)?$/)],
    ]);
  });
});

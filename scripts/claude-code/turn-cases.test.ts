import { describe, expect, test } from "vitest";
import { TURN_CASES } from "./turn-cases.ts";

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

describe("TURN_CASES", () => {
  test("have names of their own", () => {
    expect(new Set(TURN_CASES.map(({ name }) => name)).size).toBe(TURN_CASES.length);
  });

  test("cover every provider with every authentication that it takes", () => {
    const pairs = new Set(TURN_CASES.map(({ provider, authentication }) => `${provider} ${authentication}`));
    expect([...pairs].toSorted()).toEqual([
      "anthropic-aws sigv4",
      "anthropic-aws x-api-key",
      "bedrock bearer",
      "bedrock sigv4",
      "mantle bearer",
      "mantle sigv4",
    ]);
  });

  test.each(TURN_CASES)("$name switches on its provider alone, and has one kind of credentials", (turn) => {
    const variables = turn.variables(url);
    const set = (table: Readonly<Record<string, string>>) =>
      Object.keys(table).filter((key) => Object.hasOwn(variables, table[key] ?? ""));
    expect(set(SWITCHES)).toEqual([turn.provider]);
    // A command gives the credentials of the others.
    expect(set(CREDENTIALS)).toEqual(turn.renewal === undefined ? [turn.authentication] : []);
    const baseUrls = Object.entries(variables).filter(([name]) => name.endsWith("_BASE_URL"));
    if (turn.proxied !== undefined) {
      expect(baseUrls).toEqual([]);
      return;
    }
    expect(baseUrls).toEqual([
      [expect.anything(), expect.stringMatching(/^http:\/\/127\.0\.0\.1:4242(?:\/anthropic)?$/)],
    ]);
  });

  test("go through the proxy in two regions each, on Claude Platform on AWS and on Bedrock", () => {
    const regions = TURN_CASES.filter(({ proxied, renewal }) => proxied?.quiet === true && renewal === undefined).map(
      ({ provider, proxied }) => `${provider} ${proxied?.hosts[0]}`,
    );
    expect(regions).toEqual([
      "anthropic-aws aws-external-anthropic.us-east-1.api.aws",
      "anthropic-aws aws-external-anthropic.eu-west-1.api.aws",
      "bedrock bedrock-runtime.us-east-1.amazonaws.com",
      "bedrock bedrock-runtime.eu-central-1.amazonaws.com",
    ]);
  });
});

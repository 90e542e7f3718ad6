import { readJsonLines } from "@claude-on-aws/fixtures";
import { describe, expect, test } from "vitest";
import { accountActions, conditionKeys } from "./actions.ts";
import { bedrockRoutes, mantleRoutes } from "./bedrock-routes.ts";
import { claudePlatformRoutes } from "./claude-platform-routes.ts";
import { resourceArns } from "./resources.ts";
import { claudeServices, parseServiceHost } from "./services.ts";

const known = [
  ...bedrockRoutes,
  ...mantleRoutes,
  ...claudePlatformRoutes.map((route) => ({ ...route, action: `aws-external-anthropic:${route.action}` })),
];

describe("the tables of routes", () => {
  test("hold each route once, with an action of its own service and resources of known form", () => {
    const names = [...bedrockRoutes, ...mantleRoutes].map(({ method, path }) => `${method} ${path}`);
    expect(new Set(names).size).toBe(names.length);
    for (const { provider, action, resources } of [...bedrockRoutes, ...mantleRoutes]) {
      expect(action.split(":")[0]).toBe(claudeServices[provider].actionPrefix);
      for (const resource of resources)
        expect(resourceArns[resource]).toContain(`:${claudeServices[provider].actionPrefix}:`);
    }
  });

  test("know every signed request that real clients sent to Amazon Bedrock by path", () => {
    interface Recorded {
      readonly target: string;
      readonly method: string;
      readonly sigv4?: { readonly service: string };
    }
    const sent = readJsonLines<Recorded>("wire-requests/requests.jsonl").filter(
      ({ sigv4 }) => sigv4?.service === "bedrock",
    );
    const patterns = bedrockRoutes.map(
      ({ method, path }) => [method, new RegExp(`${path.replace(/\{\w+\}/, "[^/]+")}$`)] as const,
    );
    const unknown = sent.filter(({ method, target }) => {
      const path = (target.split("?")[0] ?? "").replaceAll("//", "/");
      return !patterns.some(([each, pattern]) => each === method && pattern.test(path));
    });

    expect(sent.length).toBeGreaterThan(30);
    // A client of an older version counts tokens on a route that Amazon Bedrock has not.
    expect(new Set(unknown.map(({ target }) => target.split("?")[0]))).toEqual(new Set(["/v1/messages/count_tokens"]));
  });

  test("agree with the actions that belong to the whole account", () => {
    for (const { action, hasRoute } of accountActions) {
      expect([action, known.some((route) => route.action === action)]).toEqual([action, hasRoute]);
    }
    const actions = new Set([...known.map(({ action }) => action), ...accountActions.map(({ action }) => action)]);
    for (const action of Object.values(conditionKeys)) expect(actions).toContain(action);
  });
});

describe("parseServiceHost()", () => {
  test.each([
    ["aws-external-anthropic.us-west-2.api.aws", "anthropic-aws", "aws-external-anthropic", "us-west-2"],
    ["BEDROCK-runtime.eu-west-1.amazonaws.com:443", "bedrock", "bedrock", "eu-west-1", "runtime"],
    ["bedrock-runtime-fips.us-gov-west-1.amazonaws.com", "bedrock", "bedrock", "us-gov-west-1", "runtime"],
    ["bedrock.cn-north-1.amazonaws.com.cn", "bedrock", "bedrock", "cn-north-1", "control"],
    ["Bedrock-FIPS.us-east-1.amazonaws.com", "bedrock", "bedrock", "us-east-1", "control"],
    ["bedrock-mantle.us-east-1.api.aws", "mantle", "bedrock-mantle", "us-east-1"],
  ])("reads %s", (host, provider, service, region, plane?: string) => {
    const read = { provider, service, region };
    expect(parseServiceHost(host)).toStrictEqual(plane === undefined ? read : { ...read, plane });
  });

  test.each(["127.0.0.1:4242", "bedrock.us-east-1.amazonaws.com.example.com", "x.bedrock.us-east-1.amazonaws.com", ""])(
    "knows nothing of %j",
    (host) => expect(parseServiceHost(host)).toBeUndefined(),
  );
});

describe("what a front end takes away", () => {
  test.each(["connection", "session_id", "_"])("is %s on the Messages endpoint of Amazon Bedrock alone", (name) => {
    const losing = Object.entries(claudeServices).filter(([, { losesHeader }]) => losesHeader?.(name) === true);
    expect(losing.map(([provider]) => provider)).toEqual(["mantle"]);
  });

  test.each(["host", "session-id", "x-connection", "content-type", "x-amz-date"])("is not %s", (name) => {
    for (const { losesHeader } of Object.values(claudeServices)) expect(losesHeader?.(name) ?? false).toBe(false);
  });
});

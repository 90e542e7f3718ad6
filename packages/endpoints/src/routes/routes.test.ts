import { readJsonLines } from "@claude-on-aws/fixtures";
import { describe, expect, test } from "vitest";
import { CLAUDE_SERVICES } from "../claude-services.ts";
import { RESOURCE_ARNS } from "../resource-arns.ts";
import { splitTarget } from "../split-target.ts";
import { BEDROCK_ROUTES } from "./bedrock-routes.ts";
import { CLAUDE_PLATFORM_ROUTES } from "./claude-platform-routes.ts";
import { MANTLE_ROUTES } from "./mantle-routes.ts";

describe("the tables of routes", () => {
  test.each([
    ["anthropic-aws", CLAUDE_PLATFORM_ROUTES],
    ["bedrock", BEDROCK_ROUTES],
    ["mantle", MANTLE_ROUTES],
  ] as const)(
    "hold each route of %s once, with an action of its own service and resources of known form",
    (of, routes) => {
      const names = routes.map(({ method, path }) => `${method} ${path}`);
      expect(new Set(names).size).toBe(names.length);
      const { actionPrefix } = CLAUDE_SERVICES[of];
      for (const { provider, action, resources, plane } of routes) {
        expect(provider).toBe(of);
        expect(plane === undefined).toBe(of !== "bedrock");
        expect(action.split(":")[0]).toBe(actionPrefix);
        for (const resource of resources ?? []) expect(RESOURCE_ARNS[resource]).toContain(`:${actionPrefix}:`);
      }
    },
  );

  test("name a route of the Messages endpoint the same with and without its prefix", () => {
    const withPrefix = MANTLE_ROUTES.filter(({ path }) => path.startsWith("/anthropic/"));

    expect(withPrefix.length).toBe(MANTLE_ROUTES.length / 2);
    for (const { path, ...route } of withPrefix) {
      expect(MANTLE_ROUTES).toContainEqual({
        ...route,
        path: path.slice("/anthropic".length),
        onlyBehindBaseUrl: true,
      });
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
    const patterns = BEDROCK_ROUTES.map(
      ({ method, path }) => [method, new RegExp(`${path.replace(/\{\w+\}/, "[^/]+")}$`)] as const,
    );
    const unknown = sent.filter(({ method, target }) => {
      const path = splitTarget(target).path.replaceAll("//", "/");
      return !patterns.some(([each, pattern]) => each === method && pattern.test(path));
    });

    expect(sent.length).toBeGreaterThan(30);
    // A client of an older version counts tokens on a route that Amazon Bedrock has not.
    expect(new Set(unknown.map(({ target }) => splitTarget(target).path))).toEqual(
      new Set(["/v1/messages/count_tokens"]),
    );
  });
});

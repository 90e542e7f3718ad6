import { resolveConfig, VARIABLES } from "@claude-on-aws/env";
import { planRequest } from "@claude-on-aws/fetch";
import { describe, expect, test } from "vitest";
import { CLIENT_SET_UPS, type GatewayAddress, NOT_SET } from "./client-set-ups.ts";

const ADDRESS: GatewayAddress = {
  url: "http://127.0.0.1:4343",
  token: "a-token",
  region: "eu-west-1",
  workspaceId: "wrkspc_01AbCdEf23GhIj",
};

/** What an SDK reads, and Claude Code does not. */
const OF_SDKS: ReadonlySet<string> = new Set(["AWS_ENDPOINT_URL_BEDROCK_RUNTIME"]);

const OF_CLAUDE_CODE = CLIENT_SET_UPS.filter(({ name }) => !name.endsWith("-sdk"));

describe("CLIENT_SET_UPS", () => {
  test("name no variable that nobody reads", () => {
    const known = new Set(VARIABLES.map(({ name }) => name));
    const given = CLIENT_SET_UPS.flatMap(({ variables }) => Object.keys(variables(ADDRESS)));

    expect([...given, ...NOT_SET].filter((name) => !known.has(name) && !OF_SDKS.has(name))).toEqual([]);
  });

  test.each(OF_CLAUDE_CODE.map((setUp) => [setUp.name, setUp] as const))(
    "%s leads Claude Code to the gateway, with the token and no signature",
    (_, { variables, providers }) => {
      const config = resolveConfig({ env: variables(ADDRESS) });
      const { request, provider, problems } = planRequest(config, { model: "haiku" });

      expect(provider).toBe(providers[0] ?? "anthropic");
      expect(problems.filter(({ severity }) => severity === "error")).toEqual([]);
      expect(request?.url).toMatch(/^http:\/\/127\.0\.0\.1:4343\//);
      expect(request?.headers).toMatchObject({ authorization: "Bearer a-token" });
      expect(request?.signing).toBeNull();
    },
  );

  test("are complete where the workspace of the gateway is not known", () => {
    for (const { variables } of OF_CLAUDE_CODE) {
      const config = resolveConfig({ env: variables({ ...ADDRESS, workspaceId: null }) });

      expect(config.problems.filter(({ severity }) => severity === "error")).toEqual([]);
    }
  });
});

import { GATEWAY_CHECKS } from "@claude-on-aws/fake/gateway-checks";
import { describe, expect, test } from "vitest";
import { runChecks } from "./run-checks.ts";

describe.each(["anthropic-aws", "bedrock", "mantle"] as const)(
  "checkGateway() of the reference gateway to %s",
  (provider) => {
    test("finds that it keeps all", async () => {
      const { service, checks } = await runChecks(provider);

      expect(service).toBe(provider);
      expect(checks.map(({ id }) => id)).toEqual(GATEWAY_CHECKS.map(({ id }) => id));
      expect(checks.filter(({ verdict }) => verdict === "broken")).toEqual([]);
    });
  },
);

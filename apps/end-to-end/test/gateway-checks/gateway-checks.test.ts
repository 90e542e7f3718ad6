import { describe, expect, test } from "vitest";
import { checksFor } from "./long-checks.ts";
import { runChecks } from "./run-checks.ts";

describe.each(["anthropic-aws", "bedrock", "mantle"] as const)(
  "checkGateway() of the reference gateway to %s",
  (provider) => {
    test("finds that it keeps all", async () => {
      const asked = checksFor(provider);
      const { service, checks } = await runChecks(provider, undefined, asked);

      expect(service).toBe(provider);
      expect(checks.map(({ id }) => id)).toEqual(asked);
      expect(checks.filter(({ verdict }) => verdict === "broken")).toEqual([]);
    });
  },
);

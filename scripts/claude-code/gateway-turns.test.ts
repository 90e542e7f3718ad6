import { describe, expect, test } from "vitest";
import { CLIENT_SET_UPS } from "../../apps/cli/src/gateway/client-set-ups.ts";
import { gatewayTurns } from "./gateway-turns.ts";

const turns = gatewayTurns({
  "anthropic-aws": (url) => ({ at: `${url}/platform` }),
  bedrock: (url) => ({ at: `${url}/bedrock` }),
  mantle: (url) => ({ at: `${url}/mantle` }),
});

/** Set-ups of SDKs are tried by tests. */
const OF_CLAUDE_CODE = CLIENT_SET_UPS.filter(({ name }) => !name.endsWith("-sdk"));
const EVERY_PROVIDER = ["anthropic-aws", "bedrock", "mantle"];

describe("gatewayTurns()", () => {
  test.each(OF_CLAUDE_CODE)("have the program and the Agent SDK finish a turn in the set-up $name", (setUp) => {
    const providers = setUp.providers.length === 0 ? EVERY_PROVIDER : setUp.providers;
    for (const provider of providers) {
      const found = turns.filter((turn) => turn.gateway?.setUp === setUp.name && turn.provider === provider);

      expect(found.map(({ isStartedBySdk = false }) => isStartedBySdk)).toContain(true);
      expect(found.map(({ isStartedBySdk = false }) => isStartedBySdk)).toContain(false);
    }
  });

  test("use no set-up that the gateway does not print", () => {
    const names = OF_CLAUDE_CODE.map(({ name }) => name);

    expect(turns.filter(({ gateway }) => !names.includes(gateway?.setUp ?? ""))).toEqual([]);
  });

  test("lead the gateway to the service of the turn, which it signs for", () => {
    for (const { provider, authentication, variables } of turns) {
      expect([authentication, variables("http://127.0.0.1:1")["at"]]).toEqual([
        "sigv4",
        `http://127.0.0.1:1/${provider === "anthropic-aws" ? "platform" : provider}`,
      ]);
    }
  });
});

import { createHandler, type GatewayParts, type Upstream } from "@claude-on-aws/gateway";
import { listen, type Listener } from "@claude-on-aws/listen";
import { afterAll, beforeAll } from "vitest";
import type { RunningFake } from "./fetch-providers.ts";

/** The token that the gateways of tests know. */
export const TOKEN = "a-token-of-the-tests";

/** A gateway for the tests of a file. */
export interface RunningGateway {
  readonly url: string;
}

/** Starts a gateway before a fake for the tests of a file, with one upstream, and stops it after them. */
export function startGateway(
  fake: RunningFake,
  provider: Upstream["provider"],
  parts: Partial<GatewayParts> = {},
): RunningGateway {
  let listener: Listener | undefined;
  beforeAll(async () => {
    const handler = createHandler({
      upstreams: [{ name: provider, provider, region: "us-east-1", fetch: fake.fetchFor(provider) }],
      identify: () => ({
        name: "tests",
        proof: "token",
        groups: [],
        limits: { models: null, upstreams: null, maxConcurrent: null },
        ownKey: null,
      }),
      ...parts,
    });
    listener = await listen(handler);
  });
  afterAll(async () => listener?.close());
  return {
    get url() {
      if (listener === undefined) throw new Error("The gateway is not started yet: use it inside a test");
      return listener.url;
    },
  };
}

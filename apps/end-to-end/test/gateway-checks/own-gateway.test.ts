import { checkGateway } from "@claude-on-aws/fake/gateway-checks";
import { EXAMPLE_CREDENTIALS } from "@claude-on-aws/fake/server";
import { createGateway, type Gateway, makeToken } from "@claude-on-aws/gateway";
import { listen } from "@claude-on-aws/listen";
import { describe, expect, onTestFinished, test } from "vitest";
import { checksFor } from "./long-checks.ts";

/** Silence of a stream behind which the gateway says something: not long, so that no test waits. */
const PING_AFTER_MS = 10;

/** More than a few are asked of it as a process: `pnpm gateway-verdicts own`. */
const STREAMS_AT_ONCE = 12;

/** What a service needs said beside its address, and what stands behind that. */
const SERVICES = [
  { provider: "anthropic-aws", path: "", more: { workspaceId: "wrkspc_01AbCdEf23GhIj" } },
  { provider: "bedrock", path: "", more: {} },
  { provider: "mantle", path: "/anthropic", more: {} },
] as const;

const ENVIRONMENT = {
  AWS_ACCESS_KEY_ID: EXAMPLE_CREDENTIALS.accessKeyId,
  AWS_SECRET_ACCESS_KEY: EXAMPLE_CREDENTIALS.secretAccessKey,
};

describe.each(SERVICES)("the gateway of this project to $provider", ({ provider, path, more }) => {
  test("keeps all that is demanded of one", async () => {
    const { token, record } = makeToken({ name: "checks" });
    // Its service is there when the checks begin.
    let gateway: Gateway | undefined;
    const listener = await listen(async (head, request) => {
      if (gateway === undefined) throw new Error("Nobody asks before the service is there");
      return gateway.handler(head, request);
    });
    onTestFinished(async () => {
      await listener.close();
      await gateway?.close();
    });

    const { service, checks } = await checkGateway(listener.url, {
      token,
      upstreamPort: 0,
      only: checksFor(provider),
      streamsAtOnce: STREAMS_AT_ONCE,
      onUpstream: async (url) => {
        const upstream = { name: "service", provider, region: "us-east-1", baseUrl: url + path, ...more };
        const settings = { upstreams: [upstream], pingAfterMs: PING_AFTER_MS };
        gateway = await createGateway(settings, { token: record, env: ENVIRONMENT });
      },
    });

    expect(service).toBe(provider);
    expect(checks.filter(({ verdict }) => verdict === "broken")).toEqual([]);
  });
});

import { createGateway, type Gateway, makeToken } from "@claude-on-aws/gateway";
import { listen } from "@claude-on-aws/listen";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { EXAMPLE_CREDENTIALS } from "@claude-on-aws/fake/server";
import { MODEL, PROVIDERS, startFake, WORKSPACE_ID } from "../support/fetch-providers.ts";

const { token, record } = makeToken({ name: "local" });

const REQUEST = {
  method: "POST",
  target: "/v1/messages?beta=true",
  headers: [
    ["host", "localhost"],
    ["content-type", "application/json"],
    ["anthropic-version", "2023-06-01"],
    ["anthropic-beta", "context-management-2025-06-27,made-up-2026-01-01"],
    ["authorization", `Bearer ${token}`],
  ],
  httpVersion: "1.1",
} as const;

const bodyFor = (model: string): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(
    JSON.stringify({ model, max_tokens: 16, tags: [], messages: [{ role: "user", content: "hello" }] }),
  );

describe.each(["anthropic-aws", "bedrock", "mantle"] as const)("explain() of a gateway to %s", (provider) => {
  const fake = startFake();
  let gateway: Gateway | undefined;
  beforeAll(async () => {
    gateway = await createGateway(
      {
        upstreams: [
          {
            name: "one",
            provider,
            region: "us-east-1",
            ...(provider === "anthropic-aws" && { workspaceId: WORKSPACE_ID }),
            baseUrl: Object.entries(PROVIDERS[provider]?.(fake.server.url) ?? {}).find(([name]) =>
              name.endsWith("_BASE_URL"),
            )?.[1],
          },
        ],
      },
      {
        token: record,
        env: {
          AWS_ACCESS_KEY_ID: EXAMPLE_CREDENTIALS.accessKeyId,
          AWS_SECRET_ACCESS_KEY: EXAMPLE_CREDENTIALS.secretAccessKey,
        },
      },
    );
  });
  afterAll(() => gateway?.close());

  test("says what is sent then, and sends nothing itself", async () => {
    if (gateway === undefined) throw new Error("It is not made yet");
    const explained = await gateway.explain(REQUEST, bodyFor(MODEL));
    expect(fake.core.journal.total).toBe(0);
    const listener = await listen(gateway.handler);
    const { status, headers } = await fetch(listener.url + REQUEST.target, {
      method: REQUEST.method,
      headers: REQUEST.headers
        .filter(([name]) => name !== "host")
        .map(([name, value]): [string, string] => [name, value]),
      body: bodyFor(MODEL),
    });
    await listener.close();
    const [sent] = fake.core.journal.snapshot().exchanges;
    const [upstream] = explained.upstreams;

    expect(status).toBe(200);
    expect(explained).toMatchObject({ caller: { name: "local" }, model: MODEL, refusals: [] });
    expect(`${sent?.request.method} ${sent?.request.target}`).toBe(
      `${upstream?.request?.method} ${upstream?.request?.url.replace(fake.server.url, "")}`,
    );
    const told = headers.get("x-claude-on-aws-translations") ?? "";
    expect(told === "" ? 0 : told.split("; ").length).toBe(upstream?.translations.length);
  });

  test.each([
    [
      "no token",
      { ...REQUEST, headers: REQUEST.headers.filter(([name]) => name !== "authorization") },
      "AUTHENTICATION_MISSING",
    ],
    ["a path that it does not have", { ...REQUEST, target: "/v2/messages" }, "ROUTE_UNKNOWN"],
    [
      "another host",
      { ...REQUEST, headers: [["host", "rebound.example"], ...REQUEST.headers.slice(1)] as const },
      "HOST",
    ],
  ] as const)("says for what it refuses a request with %s", async (_, request, code) => {
    const { refusals } = (await gateway?.explain(request, bodyFor(MODEL))) ?? {};

    expect(refusals?.[0]?.code).toContain(code);
  });
});

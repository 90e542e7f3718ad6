import type { FakeOptions } from "@claude-on-aws/fake/server";
import type { Upstream } from "@claude-on-aws/gateway";
import { expect, test } from "vitest";
import { fetchOnto, MODEL, openFake } from "../support/fetch-providers.ts";
import { openGateway } from "../support/start-gateway.ts";

const TEXT = "It rains in Paris";
const ASK = { model: MODEL, max_tokens: 100, messages: [{ role: "user", content: TEXT }] };

type Fault = NonNullable<NonNullable<FakeOptions["scenario"]>["replies"][number]["fault"]>;

const failing = (fault: Fault): FakeOptions => ({ scenario: { replies: [{ reply: { text: TEXT }, fault }] } });

/** A port at which nobody listens. */
const NOWHERE = "http://127.0.0.1:1";

/** Asks a gateway with a platform that fails, and Bedrock behind it. */
async function ask(first: FakeOptions | "nowhere", second: FakeOptions, body: object = ASK) {
  const platform = first === "nowhere" ? undefined : await openFake(first);
  const bedrock = await openFake(second);
  const upstreams: readonly [Upstream, Upstream] = [
    {
      name: "platform",
      provider: "anthropic-aws",
      region: "us-east-1",
      fetch: platform?.fetchFor("anthropic-aws") ?? fetchOnto(NOWHERE, "anthropic-aws"),
    },
    { name: "bedrock", provider: "bedrock", region: "us-east-1", fetch: bedrock.fetchFor("bedrock") },
  ];
  const gateway = await openGateway({ upstreams });
  const response = await fetch(`${gateway.url}/v1/messages`, {
    method: "POST",
    headers: { "content-type": "application/json", "anthropic-version": "2023-06-01" },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  const [record] = await gateway.recorded(1);
  await Promise.all([gateway.close(), platform?.close(), bedrock.close()]);
  return {
    status: response.status,
    headers: response.headers,
    upstream: response.headers.get("x-claude-on-aws-upstream"),
    text,
    record,
    asked: bedrock.core.journal.snapshot().exchanges.length,
  };
}

test.each<[string, FakeOptions | "nowhere"]>([
  ["is down", "nowhere"],
  ["is overloaded", failing({ kind: "overload" })],
  ["fails", failing({ kind: "error", status: 500 })],
  ["throttles", failing({ kind: "throttle", retryAfterSeconds: 7 })],
  ["hangs up before it answers", failing({ kind: "reset" })],
  ["has credentials that ended", failing({ kind: "expired-credentials" })],
  ["has withdrawn the model", failing({ kind: "withdrawn-model" })],
])("where the first upstream %s, the second one answers, and it is said", async (_, first) => {
  const { status, upstream, text, record } = await ask(first, {});

  expect([status, upstream]).toEqual([200, "bedrock"]);
  expect(text).toContain(TEXT);
  expect(record).toMatchObject({ upstreams: ["platform", "bedrock"], outcome: "answered", error: null });
});

test("a throttle stays a throttle, whatever the other one says", async () => {
  const first = failing({ kind: "throttle", retryAfterSeconds: 7 });
  const { status, headers, upstream, record } = await ask(first, failing({ kind: "error", status: 500 }));

  expect([status, headers.get("retry-after"), upstream]).toEqual([429, "7", "platform"]);
  expect(headers.get("request-id")).toMatch(/^req_/);
  expect(record).toMatchObject({ status: 429, outcome: "failed", error: "rate_limit_error" });
  // The one that answered stands last.
  expect(record?.upstreams).toEqual(["platform", "bedrock", "platform"]);
});

test("what is wrong with a request is wrong everywhere", async () => {
  const { status, upstream, asked } = await ask({}, {}, { ...ASK, max_tokens: 0 });

  expect([status, upstream, asked]).toEqual([400, "platform", 0]);
});

test("an answer that began is not begun again", async () => {
  const { status, text, upstream, asked, record } = await ask(
    failing({ kind: "reset", afterEvents: 3 }),
    {},
    { ...ASK, stream: true },
  );

  expect([status, upstream, asked]).toEqual([200, "platform", 0]);
  expect(text).toMatch(/event: error\ndata: .*STREAM_FAILED/);
  expect(record).toMatchObject({ outcome: "cut", error: "STREAM_FAILED", upstreams: ["platform"] });
});

test("where nobody can be reached, the client is told so, and nobody's address", async () => {
  const upstream: Upstream = {
    name: "platform",
    provider: "anthropic-aws",
    region: "us-east-1",
    fetch: fetchOnto(NOWHERE, "anthropic-aws"),
  };
  const gateway = await openGateway({ upstreams: [upstream] });
  const response = await fetch(`${gateway.url}/v1/messages`, { method: "POST", body: JSON.stringify(ASK) });

  expect(response.status).toBe(502);
  expect(response.headers.get("x-claude-on-aws-refusal")).toBe("UPSTREAM_UNREACHABLE");
  expect(response.headers.get("x-should-retry")).toBe("true");
  const text = await response.text();
  expect(text).toMatch(/"type":"api_error","message":"Cannot get an answer/);
  expect(text).not.toContain("127.0.0.1");
  await gateway.close();
});

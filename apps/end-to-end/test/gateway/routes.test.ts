import { describe, expect, onTestFinished, test } from "vitest";
import { fetchOnto, MODEL, openFake, startFake, TEXT, WORKSPACE_ID } from "../support/fetch-providers.ts";
import { openRecordingUpstream } from "../support/recording-upstream.ts";
import { callerWith, openGateway, startGateway, TOKEN, upstreamOf } from "../support/start-gateway.ts";

const PROFILE = "us.anthropic.claude-haiku-4-5-20251001-v1:0";
const ASK = { max_tokens: 100, messages: [{ role: "user", content: TEXT }] };
const NATIVE = JSON.stringify({ anthropic_version: "bedrock-2023-05-31", ...ASK });
const CONVERSE = JSON.stringify({ messages: [{ role: "user", content: [{ text: TEXT }] }] });
const message = (model = MODEL, more: object = {}): string => JSON.stringify({ model, ...ASK, ...more });

const post = (url: string, body: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(url, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "anthropic-version": "2023-06-01",
      authorization: `Bearer ${TOKEN}`,
      ...headers,
    },
    body,
  });

const refusalOf = async (response: Response): Promise<unknown> => {
  const { error } = (await response.json()) as { error: { type: string } };
  return [response.status, error.type, response.headers.get("x-claude-on-aws-refusal")];
};

describe.each(["anthropic-aws", "bedrock", "mantle"] as const)("a gateway to %s", (provider) => {
  const fake = startFake();
  const gateway = startGateway(fake, provider);

  test.each(["/v1/messages?beta=true", "/anthropic/v1/messages"])(
    "answers POST %s, and writes it down",
    async (path) => {
      const response = await post(gateway.url + path, message(MODEL), {
        "x-claude-code-session-id": "session-1",
      });
      const { content } = (await response.json()) as { content: unknown };
      expect([response.status, content]).toMatchObject([200, [{ type: "text", text: TEXT }]]);
      expect(response.headers.get("x-claude-on-aws-upstream")).toBe(provider);

      const record = await gateway.recordOf(response);
      expect(record).toMatchObject({
        id: response.headers.get("x-claude-on-aws-gateway-id"),
        caller: "tests",
        proof: "token",
        method: "POST",
        path: path.split("?")[0],
        form: path.startsWith("/anthropic") ? "mantle" : "messages",
        operation: "CreateMessage",
        model: MODEL,
        upstreams: [provider],
        upstreamRequestId: response.headers.get("request-id"),
        sessionId: "session-1",
        status: 200,
        outcome: "answered",
        error: null,
      });
      expect(record?.usage?.inputTokens).toBeGreaterThan(0);
      expect(record?.upstreamModel).toMatch(/claude-haiku-4-5/);
    },
  );

  test("streams, and counts what went by", async () => {
    const response = await post(`${gateway.url}/v1/messages`, message(MODEL, { stream: true }));
    const text = await response.text();
    expect(text).toMatch(/event: message_stop\n/);
    expect(response.headers.get("content-type")).toMatch(/^text\/event-stream/);
    expect(await gateway.recordOf(response)).toMatchObject({
      outcome: "answered",
      usage: { outputTokens: expect.any(Number) },
    });
  });

  test("is greeted without a token", async () => {
    const response = await fetch(`${gateway.url}/api/hello`, { method: "HEAD" });
    expect(response.status).toBe(200);
  });

  test.each([
    [
      "an authorization",
      { authorization: "AWS4-HMAC-SHA256 Credential=A/20261130/us-east-1/bedrock/aws4_request" },
      "",
    ],
    ["its query", {}, "?X-Amz-Signature=abc"],
  ])("refuses what the client signed in %s, with the switch that helps", async (_, headers, query) => {
    const response = await post(`${gateway.url}/v1/messages${query}`, message(), headers);
    expect(response.headers.get("x-should-retry")).toBe("false");
    expect((await response.clone().text()).includes("CLAUDE_CODE_SKIP_ANTHROPIC_AWS_AUTH=1")).toBe(true);
    expect(await refusalOf(response)).toEqual([401, "authentication_error", "CLIENT_SIGNED"]);
    expect(await gateway.recordOf(response)).toMatchObject({ outcome: "refused", error: "CLIENT_SIGNED", status: 401 });
  });

  test.each([
    ["POST", "/v1/complete", 404, "not_found_error", "ROUTE_UNKNOWN"],
    ["PUT", "/v1/messages", 405, "invalid_request_error", "METHOD_UNKNOWN"],
    ["POST", "/v1/messages/batches/x/v1/messages", 404, "not_found_error", "ROUTE_UNKNOWN"],
    ["GET", "/api/oauth/usage", 404, "not_found_error", "ROUTE_UNKNOWN"],
  ])("refuses %s %s, and writes that down", async (method, path, status, type, code) => {
    const response = await fetch(gateway.url + path, { method });
    expect(await refusalOf(response)).toEqual([status, type, code]);
    expect(await gateway.recordOf(response)).toMatchObject({ path, status, outcome: "refused", error: code });
  });

  test.each([
    ["BODY_KEY_REPEATED", `{"model":"a","mod\\u0065l":"${MODEL}"}`],
    ["BODY_KEY_MISSPELLED", `{"Model":"${MODEL}"}`],
    ["BODY_MALFORMED", "no"],
    ["BODY_MALFORMED", ""],
  ])("refuses a body with %s", async (code, body) => {
    expect(await refusalOf(await post(`${gateway.url}/v1/messages`, body))).toEqual([
      400,
      "invalid_request_error",
      code,
    ]);
  });
});

describe("Amazon Bedrock's own form", () => {
  const fake = startFake();
  const bedrock = startGateway(fake, "bedrock");
  const platform = startGateway(fake, "anthropic-aws");

  test.each([
    ["invoke", NATIVE, "InvokeModel"],
    ["invoke-with-response-stream", NATIVE, "InvokeModelWithResponseStream"],
    ["converse", CONVERSE, "Converse"],
    ["converse-stream", CONVERSE, "ConverseStream"],
  ])("is passed on, and counted: %s", async (action, body, operation) => {
    const response = await post(`${bedrock.url}/model/${encodeURIComponent(PROFILE)}/${action}`, body);
    expect(response.status).toBe(200);
    await response.bytes();
    expect(response.headers.get("x-amzn-requestid")).toMatch(/^[0-9a-f-]{36}$/);
    const record = await bedrock.recordOf(response);
    expect(record).toMatchObject({
      form: "bedrock",
      operation,
      model: PROFILE,
      outcome: "answered",
      translations: null,
    });
    expect(record?.usage?.inputTokens).toBeGreaterThan(0);
    expect(record?.usage?.outputTokens).toBeGreaterThan(0);
  });

  test("is refused where there is no upstream on Amazon Bedrock", async () => {
    const response = await post(`${platform.url}/model/${PROFILE}/invoke`, NATIVE);
    expect(response.headers.get("x-should-retry")).toBe("false");
    expect(await refusalOf(response)).toEqual([501, "not_supported", "NOT_SUPPORTED"]);
  });

  test("is refused where the client signed it, with its own switch", async () => {
    const response = await post(`${bedrock.url}/model/${PROFILE}/invoke`, NATIVE, {
      authorization:
        "AWS4-HMAC-SHA256 Credential=A/20261130/us-east-1/bedrock/aws4_request, SignedHeaders=host, Signature=0",
    });
    expect(await response.text()).toMatch(/CLAUDE_CODE_SKIP_BEDROCK_AUTH=1/);
  });
});

test("a caller gets the models that it may ask for, by whatever name", async () => {
  const fake = await openFake();
  const gateway = await openGateway({
    upstreams: [upstreamOf(fake, "bedrock")],
    identify: () => callerWith({ models: ["claude-haiku-*"] }),
  });
  const ask = (model: string): Promise<number> =>
    post(`${gateway.url}/v1/messages`, message(model)).then(({ status }) => status);
  const invoke = (model: string): Promise<number> =>
    post(`${gateway.url}/model/${encodeURIComponent(model)}/invoke`, NATIVE).then(({ status }) => status);
  expect(await Promise.all(["haiku", MODEL, `${MODEL}[1m]`, PROFILE].map(ask))).toEqual([200, 200, 200, 200]);
  expect(await invoke(PROFILE)).toBe(200);
  const forbidden = ["opus", "OPUS", "claude-opus-4-8", "us.anthropic.claude-opus-4-8", "claude-opus-4-8[1m]"];
  expect(await Promise.all(forbidden.map(ask))).toEqual(forbidden.map(() => 403));
  const arn = "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/claude-haiku-4-5";
  expect(await Promise.all(["us.anthropic.claude-opus-4-8", arn].map(invoke))).toEqual([403, 403]);
  expect(gateway.records.filter(({ status }) => status === 403).every(({ upstreams }) => upstreams.length === 0)).toBe(
    true,
  );
  await Promise.all([gateway.close(), fake.close()]);
});

describe("a caller who may ask for some models alone", () => {
  const OTHER = "claude-opus-4-8";
  const ALLOWED = { model: MODEL };
  const ADVISOR = { type: "advisor_20260301", name: "advisor" };
  test.each<[string, object, number]>([
    ["an advisor that it may ask for", { ...ALLOWED, tools: [{ ...ADVISOR, model: MODEL }] }, 200],
    ["a tool of its own that is about models", { ...ALLOWED, tools: [{ input_schema: { model: OTHER } }] }, 200],
    ["another advisor", { ...ALLOWED, tools: [{ ...ADVISOR, model: OTHER }] }, 403],
    ["another one to fall back to", { ...ALLOWED, fallbacks: [{ model: OTHER }] }, 403],
    ["whatever the service falls back to", { ...ALLOWED, fallbacks: "default" }, 403],
    ["no model", {}, 403],
    ["one in a list", { model: [OTHER] }, 403],
    ["one that is too long to be read", { model: OTHER + " ".repeat(5_000) }, 403],
  ])("and names %s", async (_, fields, status) => {
    const upstream = await openRecordingUpstream();
    const gateway = await openGateway({
      upstreams: [
        { name: "a", provider: "anthropic-aws", region: "us-east-1", fetch: fetchOnto(upstream.url, "anthropic-aws") },
      ],
      identify: () => callerWith({ models: ["claude-haiku-*"] }),
    });
    onTestFinished(async () => void (await Promise.all([gateway.close(), upstream.close()])));
    const response = await post(`${gateway.url}/v1/messages`, JSON.stringify({ ...ASK, ...fields }));
    await response.bytes();
    expect([response.status, upstream.received.length]).toEqual([status, status === 200 ? 1 : 0]);
    if (status !== 200)
      expect(await gateway.recorded(1)).toMatchObject([{ error: "MODEL_NOT_ALLOWED", upstreams: [] }]);
  });
});

test("a caller reaches the upstreams that it may use alone", async () => {
  const fake = await openFake();
  const gateway = await openGateway({
    upstreams: [upstreamOf(fake, "anthropic-aws"), upstreamOf(fake, "bedrock")],
    identify: ({ headers }) =>
      callerWith({ upstreams: headers.some(([name]) => name === "x-nobody") ? [] : ["bedrock"] }),
  });
  const response = await post(`${gateway.url}/v1/messages`, message());
  expect([response.status, response.headers.get("x-claude-on-aws-upstream")]).toEqual([200, "bedrock"]);
  const refused = await post(`${gateway.url}/v1/messages`, message(), { "x-nobody": "1" });
  expect(await refusalOf(refused)).toEqual([403, "permission_error", "UPSTREAM_NOT_ALLOWED"]);
  await Promise.all([gateway.close(), fake.close()]);
});

test("models are found by clients, under names that the gateway takes", async () => {
  const fake = await openFake();
  const upstream = upstreamOf(fake, "bedrock");
  const gateway = await openGateway({
    upstreams: [{ ...upstream, fetch: fake.fetchFor("bedrock", {}, { AWS_ENDPOINT_URL_BEDROCK: fake.url }) }],
    identify: () => callerWith({ models: ["*haiku*"] }),
  });
  const response = await fetch(`${gateway.url}/v1/models?limit=1000`);
  const { data } = (await response.json()) as { data: { id: string }[] };
  expect(data.length).toBeGreaterThan(0);
  const found = data.filter(({ id }) => /^(?:claude|anthropic)/.test(id));
  expect(found.map(({ id }) => id)).toContain(MODEL);
  for (const { id } of data) {
    expect(id).toMatch(/haiku/);
    expect((await post(`${gateway.url}/v1/messages`, message(id))).status).toBe(200);
  }
  expect(new Set(data.map(({ id }) => id)).size).toBe(data.length);
  await Promise.all([gateway.close(), fake.close()]);
});

test("files and batches pass where the upstream has them", async () => {
  const fake = await openFake();
  const gateway = await openGateway({ upstreams: [upstreamOf(fake, "bedrock"), upstreamOf(fake, "anthropic-aws")] });
  const form = new FormData();
  form.set("file", new Blob([new Uint8Array(300_000).fill(7)]), "a.bin");
  const headers = { "anthropic-version": "2023-06-01", "anthropic-beta": "files-api-2025-04-14" };
  const uploaded = await fetch(`${gateway.url}/v1/files`, { method: "POST", headers, body: form });
  const file = (await uploaded.json()) as { id: string };
  expect([uploaded.status, uploaded.headers.get("x-claude-on-aws-upstream")]).toEqual([200, "anthropic-aws"]);
  const read = await fetch(`${gateway.url}/v1/files/${file.id}`, { headers });
  expect(await read.json()).toMatchObject({ id: file.id, size_bytes: 300_000 });

  const batch = JSON.stringify({ requests: [{ custom_id: "a", params: { model: MODEL, ...ASK } }] });
  const created = await post(`${gateway.url}/v1/messages/batches`, batch, headers);
  expect(created.status).toBe(200);
  await Promise.all([gateway.close(), fake.close()]);
});

test("a batch goes around no limit", async () => {
  const fake = await openFake();
  const gateway = await openGateway({
    upstreams: [upstreamOf(fake, "anthropic-aws")],
    identify: () => callerWith({ models: ["claude-haiku-*"] }),
  });
  const response = await post(`${gateway.url}/v1/messages/batches`, '{"requests":[]}');
  expect(await refusalOf(response)).toEqual([501, "not_supported", "NOT_SUPPORTED"]);
  await Promise.all([gateway.close(), fake.close()]);
});

test("a body that is too long is refused, and nothing is sent", async () => {
  const fake = await openFake();
  const gateway = await openGateway({ upstreams: [upstreamOf(fake, "anthropic-aws")], maxBodyBytes: 1000 });
  const response = await post(`${gateway.url}/v1/messages`, message(MODEL, { system: "x".repeat(2000) }));
  expect(await refusalOf(response)).toEqual([413, "request_too_large", "BODY_TOO_LARGE"]);
  expect(fake.core.journal.snapshot().exchanges).toEqual([]);
  await Promise.all([gateway.close(), fake.close()]);
});

test("nothing that a client writes about itself gets to the service", async () => {
  const upstream = await openRecordingUpstream();
  const gateway = await openGateway({
    upstreams: [
      {
        name: "a",
        provider: "anthropic-aws",
        region: "us-east-1",
        fetch: fetchOnto(upstream.url, "anthropic-aws"),
      },
    ],
    withheldHeaders: ["x-client-subject"],
  });
  await post(`${gateway.url}/v1/messages?a=1`, message(), {
    "anthropic-workspace-id": "wrkspc_of_somebody_else",
    "anthropic-future": "1",
    "x-api-key": "a key",
    cookie: "a=1",
    "x-amz-date": "20000101T000000Z",
    "x-amz-target": "Elsewhere",
    "x-amz-security-token": "token",
    "x-forwarded-host": "elsewhere.example",
    "x-client-subject": "me",
  });
  const [{ headers, target } = { headers: [], target: "" }] = upstream.received;
  const of = (name: string): readonly string[] =>
    headers.filter(([each]) => each.toLowerCase() === name).map(([, value]) => value);
  expect(target).toBe("/v1/messages?a=1");
  expect(of("anthropic-workspace-id")).toEqual([WORKSPACE_ID]);
  expect(of("anthropic-future")).toEqual(["1"]);
  for (const name of [
    "x-api-key",
    "cookie",
    "x-amz-target",
    "x-amz-security-token",
    "x-forwarded-host",
    "x-client-subject",
  ]) {
    expect(of(name)).toEqual([]);
  }
  expect(of("x-amz-date").length).toBe(1);
  expect(of("x-amz-date")).not.toContain("20000101T000000Z");
  expect(of("authorization")[0]).toMatch(/^AWS4-HMAC-SHA256 /);
  await Promise.all([gateway.close(), upstream.close()]);
});

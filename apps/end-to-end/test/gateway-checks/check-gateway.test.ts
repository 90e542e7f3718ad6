import { checkGateway, FakeError, formatGatewayReport } from "@claude-on-aws/fake/gateway-checks";
import { listen, type Handler } from "@claude-on-aws/listen";
import { expect, test } from "vitest";
import { type Mutation, refusal, TOKEN } from "./reference-gateway.ts";
import { runChecks } from "./run-checks.ts";

const mutate = (mutation: Mutation) => () => mutation;

/** Checks what is no gateway. */
async function checkHandler(handler: Handler): Promise<unknown> {
  const listener = await listen(handler);
  try {
    return await checkGateway(listener.url, { token: TOKEN, upstreamPort: 0 }).catch((error: unknown) => error);
  } finally {
    await listener.close();
  }
}

test("checkGateway() says what it takes where the gateway asks somebody else", async () => {
  const error = await checkHandler(() => refusal(502, "api_error", "no such host: api.anthropic.com"));

  expect(error).toBeInstanceOf(FakeError);
  expect(error).toMatchObject({
    code: "GATEWAY_UNREACHED",
    found: '502 "api_error": "no such host: api.anthropic.com"',
    fix: expect.stringContaining("AKIDEXAMPLE") as unknown,
  });
});

test("checkGateway() shows nobody the token, though a gateway repeats it", async () => {
  const error = await checkHandler((head) => refusal(400, "api_error", JSON.stringify(head.headers)));
  const { checks } = await runChecks(
    "anthropic-aws",
    mutate({ answer: ({ body }) => (body.includes("café") ? refusal(400, "api_error", TOKEN) : undefined) }),
    ["attribution-first", "token-stays-here"],
  );

  expect(String((error as Error).message)).not.toContain(TOKEN);
  expect(JSON.stringify(checks)).toContain("[token]");
  expect(JSON.stringify(checks)).not.toContain(TOKEN);
});

test("checkGateway() asks with x-api-key where a gateway takes that alone", async () => {
  const authenticate: NonNullable<Mutation["authenticate"]> = (asked, refused) =>
    asked.header("authorization") === undefined ? refused : refusal(401, "authentication_error");
  const { checks } = await runChecks("anthropic-aws", mutate({ authenticate }), ["token-as-bearer", "error-529-kept"]);

  expect(checks.map(({ id, verdict }) => [id, verdict])).toEqual([
    ["token-as-bearer", "broken"],
    ["error-529-kept", "kept"],
  ]);
});

test("checkGateway() asks a gateway of Bedrock's form alone what applies to it", async () => {
  const answer: NonNullable<Mutation["answer"]> = ({ path }) =>
    path.startsWith("/v1/") ? refusal(404, "not_found_error") : undefined;
  const { service, checks } = await runChecks("bedrock", mutate({ answer }), ["stream-whole", "bedrock-frames-kept"]);

  expect(service).toBe("bedrock");
  expect(checks.map(({ id, verdict, reason }) => [id, verdict, reason])).toEqual([
    ["stream-whole", "not-applicable", "the gateway does not serve the Messages API"],
    ["bedrock-frames-kept", "kept", undefined],
  ]);
});

test("checkGateway() asks nothing about tokens where there is none", async () => {
  const { checks } = await runChecks(
    "anthropic-aws",
    mutate({ authenticate: () => undefined }),
    ["token-missing-refused"],
    { token: undefined },
  );

  expect(checks[0]).toMatchObject({
    verdict: "not-applicable",
    reason: expect.stringContaining("no token") as unknown,
  });
});

test("checkGateway() holds no more of an answer than it is told to", async () => {
  const endless = (async function* () {
    for (;;) yield new Uint8Array(65_536).fill(0x20);
  })();
  const answer: NonNullable<Mutation["answer"]> = ({ path }) =>
    path === "/v1/models" ? { status: 200, headers: [], body: endless } : undefined;
  const { checks } = await runChecks("anthropic-aws", mutate({ answer }), ["models-listed"], {
    maxAnswerBytes: 1_000_000,
  });

  expect(checks[0]).toMatchObject({ verdict: "broken", found: "an answer of more than 1000000 bytes" });
});

test("checkGateway() goes on behind a gateway that hangs up, or says what is no HTTP", async () => {
  const answer: NonNullable<Mutation["answer"]> = ({ path }) =>
    path === "/v1/models" ? { status: 200, headers: [], body: [], cut: { by: "reset", after: "nothing" } } : undefined;
  const { checks } = await runChecks("anthropic-aws", mutate({ answer }), ["models-listed", "hello-answered"]);

  expect(checks.map(({ verdict }) => verdict)).toEqual(["broken", "kept"]);
});

test("formatGatewayReport() shows what was found, what was expected, and who demands it", async () => {
  const report = await runChecks(
    "bedrock",
    mutate({ answer: ({ path }) => (path === "/api/hello" ? refusal(502, "x") : undefined) }),
    ["hello-answered", "usage-route-formed"],
  );

  expect(formatGatewayReport(report)).toBe(`optional routes
  BROKEN  hello-answered      \`HEAD /api/hello\` is answered, if only by a refusal.
          found    502
          expected less than 500
          source   Gateway protocol reference, API formats, https://code.claude.com/docs/en/llm-gateway-protocol#api-formats
  –       usage-route-formed  the gateway has no such route: 404

Gateway to bedrock: 0 kept, 1 broken, 1 not applicable`);
});

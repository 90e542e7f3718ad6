import type { WireRequest } from "@claude-on-aws/auth/sigv4";
import { describe, expect, test } from "vitest";
import { sendRaw } from "./support/raw-http.ts";
import { GOOD, type GoodProvider, sign, withBody, withHeader } from "./support/requests.ts";
import { BEDROCK_KEY, startFake, WORKSPACE_KEY } from "./support/start-fake.ts";

const fake = startFake();

type Make = (request: WireRequest, service: string) => WireRequest | Promise<WireRequest>;

/** Status and `error.type` of the Claude API, or status and exception of AWS's JSON. */
type Expected = readonly [status: number, type: string, message?: RegExp];

interface Case {
  readonly name: string;
  readonly make: Make;
  readonly expect: Partial<Record<GoodProvider, Expected>>;
}

/** The same mistake is answered alike by Claude Platform on AWS and the Bedrock Messages endpoint. */
const refused = (anthropic: Expected, bedrock: Expected): Case["expect"] => ({
  "anthropic-aws": anthropic,
  mantle: anthropic,
  bedrock,
});

const UNAUTHENTICATED: Expected = [401, "authentication_error"];
const WRONG_SIGNATURE: Case["expect"] = refused(
  [401, "authentication_error", /signature we calculated does not match/],
  [403, "InvalidSignatureException", /signature we calculated does not match/],
);

const authorizationOf = (request: WireRequest): string =>
  request.headers.find(([name]) => name === "authorization")?.[1] ?? "";

const flipped = (hex: string): string => hex.slice(0, -1) + (hex.endsWith("0") ? "1" : "0");

const daysAgo = (days: number): Date => new Date(Date.now() - days * 86_400_000);

const CASES: readonly Case[] = [
  {
    name: "no authentication",
    make: (request) => request,
    expect: refused(UNAUTHENTICATED, [403, "AccessDeniedException", /^Authorization header is missing$/]),
  },
  {
    name: "a flipped signature",
    make: async (request, service) => {
      const signed = await sign(request, service);
      return withHeader(signed, "authorization", flipped(authorizationOf(signed)));
    },
    expect: WRONG_SIGNATURE,
  },
  {
    name: "a body changed after signing",
    make: async (request, service) => withBody(await sign(request, service), { max_tokens: 17 }),
    expect: WRONG_SIGNATURE,
  },
  {
    name: "a path changed after signing",
    make: async (request, service) => {
      const signed = await sign({ ...request, target: `${request.target}?a=1` }, service);
      return { ...signed, target: request.target };
    },
    expect: WRONG_SIGNATURE,
  },
  {
    name: "a signed header changed on the way",
    make: async (request, service) =>
      withHeader(await sign(request, service), "content-type", "application/json; charset=utf-8"),
    expect: WRONG_SIGNATURE,
  },
  {
    name: "the wrong service in the scope",
    make: (request) => sign(request, "s3"),
    expect: refused(
      [401, "authentication_error", /scoped to correct service/],
      [403, "InvalidSignatureException", /scoped to correct service: 'bedrock'/],
    ),
  },
  {
    name: "another region in the scope than the key was derived for",
    make: async (request, service) => {
      const signed = await sign(request, service);
      return withHeader(signed, "authorization", authorizationOf(signed).replace("/us-east-1/", "/eu-west-1/"));
    },
    expect: WRONG_SIGNATURE,
  },
  {
    name: "a region in the scope that is none",
    make: (request, service) => sign(request, service, { region: "everywhere" }),
    expect: refused(
      [401, "authentication_error", /valid Region, not 'everywhere'/],
      [403, "InvalidSignatureException", /valid Region, not 'everywhere'/],
    ),
  },
  {
    name: "a date two days old",
    make: (request, service) => sign(request, service, { date: daysAgo(2) }),
    expect: refused(
      [401, "authentication_error", /^Signature expired: /],
      [403, "InvalidSignatureException", /^Signature expired: \d{8}T\d{6}Z is now earlier than .* - 5 min\.\)$/],
    ),
  },
  {
    name: "a date two days ahead",
    make: (request, service) => sign(request, service, { date: daysAgo(-2) }),
    expect: refused(
      [401, "authentication_error", /^Signature not yet current: /],
      [403, "InvalidSignatureException", /^Signature not yet current: /],
    ),
  },
  {
    name: "an unknown access key",
    make: (request, service) =>
      sign(request, service, { credentials: { accessKeyId: "AKIDNOBODY", secretAccessKey: "x" } }),
    expect: refused(
      [401, "authentication_error", /security token included in the request is invalid/],
      [403, "UnrecognizedClientException", /^The security token included in the request is invalid\.$/],
    ),
  },
  {
    name: "a session token that was not issued",
    make: (request, service) =>
      sign(request, service, {
        credentials: { accessKeyId: "ASIAEXAMPLE", secretAccessKey: "sEsSiOnSeCrEt/EXAMPLE", sessionToken: "stale" },
      }),
    expect: refused(UNAUTHENTICATED, [403, "UnrecognizedClientException"]),
  },
  {
    name: "an unsigned payload",
    make: (request, service) => sign(request, service, { payloadHash: "UNSIGNED-PAYLOAD" }),
    expect: refused(UNAUTHENTICATED, [403, "InvalidSignatureException"]),
  },
  {
    name: "a garbage Authorization",
    make: (request) => withHeader(request, "authorization", "gibberish here"),
    expect: refused(
      [401, "authentication_error", /requires 'Credential' parameter/],
      [
        403,
        "IncompleteSignatureException",
        /requires 'Credential' parameter\. .*'Signature' parameter\. .*'SignedHeaders' parameter\. .*Authorization=[\w+/]{43}=$/,
      ],
    ),
  },
  {
    name: "an Authorization sent twice",
    make: async (request, service) => {
      const signed = await sign(request, service);
      return { ...signed, headers: [...signed.headers, ["authorization", "AWS4-HMAC-SHA256 x"]] };
    },
    expect: refused(UNAUTHENTICATED, [403, "IncompleteSignatureException"]),
  },
  {
    name: "both authorization and x-api-key",
    make: async (request, service) => withHeader(await sign(request, service), "x-api-key", WORKSPACE_KEY),
    expect: {
      "anthropic-aws": [400, "invalid_request_error", /must not include both 'authorization' and 'x-api-key'/],
      mantle: [400, "invalid_request_error", /must not include both 'authorization' and 'x-api-key'/],
    },
  },
  {
    name: "an API key that nobody was given",
    make: (request) => withHeader(request, "x-api-key", "aws-external-anthropic-api-key-OTHER"),
    expect: { "anthropic-aws": [401, "authentication_error", /^invalid x-api-key$/], mantle: UNAUTHENTICATED },
  },
  {
    name: "an API key of the other family",
    make: (request, service) =>
      withHeader(
        request,
        "authorization",
        `Bearer ${service === "aws-external-anthropic" ? BEDROCK_KEY : WORKSPACE_KEY}`,
      ),
    expect: refused(UNAUTHENTICATED, [403, "AccessDeniedException", /Must start with pre-defined prefix/]),
  },
  {
    name: "a Bedrock API key that nobody was given",
    make: (request) => withHeader(request, "authorization", "Bearer ABSKother"),
    expect: {
      bedrock: [403, "AccessDeniedException", /^Authentication failed: Please make sure your API Key is valid\.$/],
    },
  },
  {
    name: "no workspace ID",
    make: (request, service) => sign(withHeader(request, "anthropic-workspace-id"), service),
    expect: { "anthropic-aws": [400, "invalid_request_error", /anthropic-workspace-id/] },
  },
  {
    name: "a malformed workspace ID",
    make: (request, service) => sign(withHeader(request, "anthropic-workspace-id", "default"), service),
    expect: { "anthropic-aws": [400, "invalid_request_error", /must be a valid workspace ID/] },
  },
  {
    name: "an unknown workspace ID",
    make: (request, service) => sign(withHeader(request, "anthropic-workspace-id", "wrkspc_nobody"), service),
    expect: { "anthropic-aws": [404, "not_found_error"] },
  },
  {
    name: "no anthropic-version",
    make: (request, service) => sign(withHeader(request, "anthropic-version"), service),
    expect: {
      "anthropic-aws": [400, "invalid_request_error", /anthropic-version: header is required/],
      mantle: [400, "invalid_request_error"],
    },
  },
  {
    name: "missing max_tokens",
    make: (request, service) => sign(withBody(request, { max_tokens: undefined }), service),
    expect: refused(
      [400, "invalid_request_error", /^max_tokens: Field required$/],
      [400, "ValidationException", /^Malformed input request: #: required key \[max_tokens\] not found/],
    ),
  },
  {
    name: "no messages",
    make: (request, service) => sign(withBody(request, { messages: [] }), service),
    expect: refused(
      [400, "invalid_request_error", /^messages: /],
      [400, "ValidationException", /^Malformed input request/],
    ),
  },
  {
    name: "missing anthropic_version in the body",
    make: (request, service) => sign(withBody(request, { anthropic_version: undefined }), service),
    expect: { bedrock: [400, "ValidationException", /required key \[anthropic_version\] not found/] },
  },
  {
    name: "a body that is not JSON",
    make: (request, service) => sign({ ...request, body: new TextEncoder().encode("{") }, service),
    expect: refused([400, "invalid_request_error"], [400, "ValidationException", /^Malformed input request/]),
  },
  {
    name: "an unknown model in the body",
    make: (request, service) => sign(withBody(request, { model: "claude-unknown" }), service),
    expect: {
      "anthropic-aws": [404, "not_found_error", /^model: claude-unknown$/],
      mantle: [400, "invalid_request_error", /^model: claude-unknown$/],
    },
  },
  {
    name: "an unknown model in the path",
    make: (request, service) => sign({ ...request, target: "/model/anthropic.claude-unknown/invoke" }, service),
    expect: { bedrock: [400, "ValidationException", /^The provided model identifier is invalid\.$/] },
  },
  {
    name: "a model that needs an inference profile",
    make: (request, service) => sign({ ...request, target: "/model/anthropic.claude-opus-4-7/invoke" }, service),
    expect: { bedrock: [400, "ValidationException", /with on-demand throughput isn't supported/] },
  },
  {
    name: "an ARN whose slash is not encoded",
    make: (request, service) => {
      const target = "/model/arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc/invoke";
      return sign({ ...request, target }, service);
    },
    expect: { bedrock: [404, "UnknownOperationException"] },
  },
  {
    name: "an unknown route",
    make: (request, service) => sign({ ...request, target: `${request.target}/nowhere` }, service),
    expect: refused([403, "permission_error"], [404, "UnknownOperationException"]),
  },
  {
    name: "a body over the limit",
    make: (request, service) =>
      sign({ ...request, body: new Uint8Array(service === "bedrock" ? 25_000_001 : 33_554_433) }, service, {
        payloadHash: "0".repeat(64),
      }),
    expect: refused([413, "request_too_large"], [413, "RequestEntityTooLargeException"]),
  },
];

const rows = CASES.flatMap(({ name, make, expect: expected }) =>
  Object.entries(expected).map(([provider, answer]) => ({ name, make, provider: provider as GoodProvider, answer })),
);

describe("the fake answers", () => {
  test.each(Object.entries(GOOD))("a good request to %s with 200", async (_, { service, request }) => {
    const { port } = fake.server;

    expect(await sendRaw(port, await sign(request(port), service))).toMatchObject({ status: 200 });
  });

  test.each(rows)("$name to $provider with $answer.0 $answer.1", async ({ make, provider, answer }) => {
    const { port } = fake.server;
    const { service, request } = GOOD[provider];
    const reply = await sendRaw(port, await make(request(port), service));
    const [status, type, message = /./] = answer;
    const body = JSON.parse(reply.body);

    expect(reply.status).toBe(status);
    expect(reply.headers).toMatchObject({
      "content-type": "application/json",
      "x-amzn-requestid": expect.stringMatching(UUID),
    });
    if (provider === "bedrock") {
      expect(reply.headers["x-amzn-errortype"]).toMatch(
        new RegExp(`^${type}:http://internal\\.amazon\\.com/coral/com\\.amazon\\.`),
      );
      expect(body.message ?? body.Message).toMatch(message);
    } else {
      expect(body).toEqual({
        type: "error",
        error: { type, message: expect.stringMatching(message) },
        request_id: reply.headers["request-id"],
      });
      expect(reply.headers["request-id"]).toMatch(/^req_01\w{22}$/);
    }
    expect(fake.core.journal.snapshot().exchanges.at(-1)).toMatchObject({ provider, reply: { status } });
  });

  test("a wrong signature to bedrock with the canonical request and the string to sign", async () => {
    const { port } = fake.server;
    const signed = await sign(GOOD.bedrock.request(port), "bedrock");
    const { body } = await sendRaw(port, withHeader(signed, "authorization", flipped(authorizationOf(signed))));

    expect(JSON.parse(body).message).toMatch(
      /\n\nThe Canonical String for this request should have been\n'POST\n\/model\/us\.anthropic\.claude-sonnet-4-5-20250929-v1%253A0\/invoke\n\ncontent-type:application\/json\nhost:127\.0\.0\.1:\d+\n[\s\S]*'\n\nThe String-to-Sign should have been\n'AWS4-HMAC-SHA256\n\d{8}T\d{6}Z\n\d{8}\/us-east-1\/bedrock\/aws4_request\n[0-9a-f]{64}'\n$/,
    );
  });

  test("a signature for another region than the host with a refusal", async () => {
    const { port } = fake.server;
    const { request, service } = GOOD["anthropic-aws"];
    const elsewhere = withHeader(request(port), "host", "aws-external-anthropic.eu-west-1.api.aws");

    expect(await sendRaw(port, await sign(elsewhere, service))).toMatchObject({ status: 401 });
    expect(await sendRaw(port, await sign(elsewhere, service, { region: "eu-west-1" }))).toMatchObject({ status: 200 });
  });

  test("a route of the IAM table that is not built with 501", async () => {
    const { port } = fake.server;
    const { request, service } = GOOD["anthropic-aws"];
    const reply = await sendRaw(port, await sign({ ...request(port), target: "/v1/messages/batches" }, service));

    expect(reply.status).toBe(501);
    expect(JSON.parse(reply.body).error.message).toMatch(/CreateBatchInference/);
  });
});

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

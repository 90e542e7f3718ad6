import { describe, expect, test } from "vitest";
import { encodeClaudeEvent } from "@claude-on-aws/streaming/claude";
import type { Answer } from "../../answer/answer.ts";
import { sourceOfStream } from "../../answer/body-source.ts";
import { HeaderList } from "../../answer/header-list.ts";
import { readBeginning } from "../../answer/read-beginning.ts";
import type { ApiRequest, PreparedRequest } from "../../translate/translation.ts";
import { createBedrockDialect } from "./bedrock-dialect.ts";

const answerOf = ({ status, headers, body }: Response): Answer => ({
  status,
  headers: new HeaderList([...headers]),
  body: body === null ? null : sourceOfStream(body),
});
const textOf = ({ body }: Answer): Promise<string> => readBeginning(body, Infinity);
const jsonOf = async (answer: Answer): Promise<unknown> => JSON.parse(await textOf(answer));

const ENCODER = new TextEncoder();
const PROFILE = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";

const dialect = createBedrockDialect({
  baseUrl: "https://runtime.example",
  controlUrl: "https://control.example",
  headers: [["x-own", "2"]],
  chooseModel: (asked) =>
    asked === "sonnet[1m]"
      ? { id: PROFILE, reason: "", betas: ["context-1m-2025-08-07"] }
      : { id: asked === "sonnet" ? PROFILE : asked, reason: "", betas: [] },
});

function request(method: string, path: string, body?: { model?: string; stream?: boolean }): ApiRequest {
  const url = new URL(`https://client.example${path}`);
  const field = <Value>(value: Value | undefined) => (value === undefined ? null : { value, start: 0, end: 0 });
  return {
    method,
    pathname: url.pathname,
    path: url.pathname,
    query: url.search,
    headers: [
      ["anthropic-version", "2023-06-01"],
      ["anthropic-beta", "interleaved-thinking-2025-05-14"],
      ["x-mine", "1"],
    ],
    body: body === undefined ? null : ENCODER.encode(JSON.stringify(body)),
    fields: { model: field(body?.model), stream: field(body?.stream), max_tokens: null, longStrings: new Map() },
  };
}

const prepare = async (asked: ApiRequest): Promise<PreparedRequest> => {
  const prepared = await dialect.prepare(asked);
  if ("status" in prepared) throw new Error(prepared.message);
  return prepared;
};

const decode = (
  body: PreparedRequest["body"],
): { readonly input: { readonly invokeModel: { readonly body: string } } } =>
  JSON.parse(new TextDecoder().decode(body as Uint8Array));

describe("createBedrockDialect()", () => {
  test("writes a message as InvokeModel", async () => {
    const { method, url, headers, body, model, translations } = await prepare(
      request("POST", "/v1/messages?beta=true", { model: "sonnet[1m]" }),
    );

    expect([method, url.href]).toEqual(["POST", `https://runtime.example/model/${PROFILE}/invoke`]);
    expect(headers).toEqual([
      ["x-mine", "1"],
      ["x-own", "2"],
    ]);
    expect(decode(body)).toEqual({
      anthropic_version: "bedrock-2023-05-31",
      anthropic_beta: ["interleaved-thinking-2025-05-14", "context-1m-2025-08-07"],
    });
    expect(model).toBe(PROFILE);
    expect(translations[0]).toMatchObject({ subject: "path", before: "/v1/messages?beta=true" });
  });

  test("writes a streamed one as its stream", async () => {
    const { url } = await prepare(request("POST", "/v1/messages", { model: "a/b", stream: true }));

    expect(url.href).toBe("https://runtime.example/model/a%2Fb/invoke-with-response-stream");
  });

  test("counts under the ID of the foundation model", async () => {
    const { url, body, answer } = await prepare(request("POST", "/v1/messages/count_tokens", { model: "sonnet" }));

    expect(url.pathname).toBe("/model/anthropic.claude-sonnet-4-5-20250929-v1:0/count-tokens");
    const invocation = JSON.parse(atob(decode(body).input.invokeModel.body));
    expect(invocation.anthropic_version).toBe("bedrock-2023-05-31");
    const answered = await answer(
      answerOf(Response.json({ inputTokens: 7 }, { headers: { "x-amzn-requestid": "id" } })),
    );
    expect(await jsonOf(answered)).toEqual({ input_tokens: 7 });
    expect(answered.headers.get("request-id")).toBe("id");
  });

  test.each([
    [
      "a model that is not counted for",
      "POST",
      "/v1/messages/count_tokens",
      { model: "us.anthropic.claude-opus-5" },
      501,
    ],
    ["a model that nobody knows", "POST", "/v1/messages/count_tokens", { model: "mine" }, 501],
    ["no model", "POST", "/v1/messages", {}, 400],
    ["batches", "POST", "/v1/messages/batches", {}, 404],
    ["files", "GET", "/v1/files", undefined, 404],
  ])("refuses %s", (_, method, path, body, status) => {
    expect(dialect.prepare(request(method, path, body))).toMatchObject({ status });
  });

  test("lists the profiles of Anthropic's models, page by page", async () => {
    const { url, answer } = await prepare(request("GET", "/v1/models?limit=20&after_id=next"));
    expect(url.href).toBe(
      "https://control.example/inference-profiles?type=SYSTEM_DEFINED&maxResults=20&nextToken=next",
    );

    const summary = { inferenceProfileId: PROFILE, inferenceProfileName: "Sonnet", createdAt: "2025-09-29T00:00:00Z" };
    const listed = {
      inferenceProfileSummaries: [{ inferenceProfileId: "us.amazon.nova" }, summary],
      nextToken: "more",
    };
    expect(await jsonOf(await answer(answerOf(Response.json(listed))))).toEqual({
      data: [{ type: "model", id: PROFILE, display_name: "Sonnet", created_at: "2025-09-29T00:00:00Z" }],
      has_more: true,
      first_id: PROFILE,
      last_id: "more",
    });
  });

  test("gets one profile", async () => {
    const { url, answer } = await prepare(request("GET", "/v1/models/sonnet"));

    expect(url.href).toBe(`https://control.example/inference-profiles/${encodeURIComponent(PROFILE)}`);
    expect(await jsonOf(await answer(answerOf(Response.json({ inferenceProfileId: PROFILE }))))).toMatchObject({
      id: PROFILE,
    });
  });

  test.each<[name: string, body: string, errorType: string | null, status: number, type: string, message: string]>([
    [
      "its own name",
      '{"message":"Slow"}',
      "ThrottlingException:http://internal.amazon.com/x",
      429,
      "rate_limit_error",
      "Slow",
    ],
    [
      "a large letter",
      '{"Message":"User: a is not authorized"}',
      "AccessDeniedException",
      403,
      "permission_error",
      "User: a is not authorized",
    ],
    [
      "a name in the body",
      '{"__type":"com.amazon.coral#ExpiredTokenException","message":"Old"}',
      null,
      403,
      "authentication_error",
      "Old",
    ],
    ["no name", '{"message":"Input is too long."}', null, 400, "invalid_request_error", "Input is too long."],
    ["a page of a proxy", "<html>Bad</html>", null, 502, "api_error", "<html>Bad</html>"],
    ["nothing", "", null, 503, "overloaded_error", "Amazon Bedrock answered 503 without words"],
    ["a name that nobody knows", "[]", "NewException", 418, "invalid_request_error", "[]"],
    ["a name of Object.prototype", '{"message":"x"}', "constructor", 404, "not_found_error", "x"],
  ])("turns an error with %s into one of the Messages API", async (_, body, errorType, status, type, message) => {
    const { answer } = await prepare(request("POST", "/v1/messages", { model: "sonnet" }));
    const headers = { "x-amzn-requestid": "id", "retry-after": "3", "content-type": "text/plain" };
    const response = new Response(body, {
      status,
      headers: errorType === null ? headers : { ...headers, "x-amzn-errortype": errorType },
    });
    const answered = await answer(answerOf(response));

    expect([answered.status, answered.headers.get("retry-after"), answered.headers.get("request-id")]).toEqual([
      status,
      "3",
      "id",
    ]);
    expect(await jsonOf(answered)).toEqual({ type: "error", error: { type, message }, request_id: "id" });
  });

  test("passes an error of the Messages API on byte for byte", async () => {
    const { answer } = await prepare(request("POST", "/v1/messages", { model: "sonnet" }));
    const body = '{ "type":"error","request_id":"req_1","error":{"type":"invalid_request_error","message":"a"}}';
    const answered = await answer(answerOf(new Response(body, { status: 400 })));

    expect([answered.status, await textOf(answered)]).toEqual([400, body]);
  });

  test("turns an event stream into server-sent events, and a cut one into one that says so", async () => {
    const { answer } = await prepare(request("POST", "/v1/messages", { model: "sonnet", stream: true }));
    const answered = await answer(
      answerOf(
        new Response(encodeClaudeEvent({ type: "ping" }), {
          headers: { "content-type": "application/vnd.amazon.eventstream", "x-amzn-requestid": "id" },
        }),
      ),
    );

    expect(answered.headers.get("content-type")).toContain("text/event-stream");
    expect(answered.headers.get("request-id")).toBe("id");
    expect(await textOf(answered)).toMatch(/^event: ping\n[^]*event: error\n/);
  });
});

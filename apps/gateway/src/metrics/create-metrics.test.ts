import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import type { AuditRecord } from "../audit/audit-record.ts";
import { createMetrics } from "./create-metrics.ts";
import { METRICS } from "./metric-table.ts";

const RECORD: AuditRecord = {
  time: "2026-11-30T12:00:00.000Z",
  id: "1",
  caller: "alice",
  proof: "token",
  method: "POST",
  path: "/v1/messages",
  form: "messages",
  operation: "CreateMessage",
  model: "opus",
  upstreamModel: "claude-opus-5-5",
  upstreams: ["platform"],
  upstreamRequestId: "req_1",
  sessionId: null,
  status: 200,
  outcome: "answered",
  error: null,
  usage: {
    inputTokens: 10,
    outputTokens: 20,
    cacheReadTokens: 100,
    cacheWriteTokens: 5,
    cacheWriteHourTokens: 1,
    webSearches: 0,
  },
  microUsd: 1_500_000,
  translations: null,
  durationMs: 2000,
};

/** The lines of a metric, without what explains it. */
const linesOf = (text: string, name: string): readonly string[] =>
  text.split("\n").filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));

/** A collector that takes one push. */
async function startCollector(): Promise<{ readonly url: string; readonly pushed: Promise<string> }> {
  const { promise, resolve } = Promise.withResolvers<string>();
  const server = createServer((request: IncomingMessage, answer) => {
    let body = "";
    request.setEncoding("utf8");
    request.on("data", (text: string) => (body += text));
    request.on("end", () => {
      resolve(body);
      answer.setHeader("content-type", "application/json");
      answer.end("{}");
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/metrics`, pushed: promise };
}

describe("createMetrics()", () => {
  test("counts in the format of Prometheus, under the names of the table", async () => {
    const metrics = await createMetrics({});
    onTestFinished(() => metrics.close());
    metrics.observe({ active: () => 3, auditLost: () => 7 });
    metrics.measure(RECORD, "anthropic-aws");
    metrics.measure(
      { ...RECORD, outcome: "refused", error: "BUDGET_SPENT", status: 429, upstreams: [], usage: null, microUsd: null },
      undefined,
    );
    const text = await metrics.format();

    expect(linesOf(text, "claude_on_aws_gateway_spend_total")).toEqual([
      expect.stringMatching(/claude_on_aws_caller="alice".*gen_ai_request_model="claude-opus-5-5".* 1\.5$/),
    ]);
    expect(linesOf(text, "claude_on_aws_gateway_refusals_total")).toEqual([
      expect.stringMatching(/error_type="BUDGET_SPENT".* 1$/),
    ]);
    expect(linesOf(text, "claude_on_aws_gateway_tokens_total").map((line) => / (\d+)$/.exec(line)?.[1])).toEqual([
      "10",
      "20",
      "100",
      "6",
    ]);
    expect(linesOf(text, "gen_ai_client_token_usage_sum")).toEqual([
      expect.stringMatching(/gen_ai_provider_name="anthropic".*gen_ai_token_type="input".* 116$/),
      expect.stringMatching(/gen_ai_token_type="output".* 20$/),
    ]);
    expect(linesOf(text, "http_server_request_duration_count")).toHaveLength(2);
    expect(linesOf(text, "http_server_active_requests")).toEqual([expect.stringMatching(/ 3$/)]);
    expect(linesOf(text, "claude_on_aws_gateway_audit_lost_total")).toEqual([expect.stringMatching(/ 7$/)]);
    for (const { name } of Object.values(METRICS)) expect(text).toContain(`# TYPE ${name.replaceAll(".", "_")}`);
    expect(text).toContain('service_name="claude-on-aws-gateway"');
  });

  test("measures from when it is first read where the settings say nothing", async () => {
    const metrics = await createMetrics(undefined);
    onTestFinished(() => metrics.close());
    metrics.measure(RECORD, "bedrock");
    expect(await metrics.format()).not.toContain("alice");
    metrics.measure(RECORD, "bedrock");

    expect(await metrics.format()).toContain("alice");
  });

  test("has no more names than it may, whatever clients ask for", async () => {
    const metrics = await createMetrics({ maxCallers: 2 });
    onTestFinished(() => metrics.close());
    for (let index = 0; index < 300; index += 1) {
      const named = { caller: `caller-${index}`, model: `model-${index}`, upstreamModel: `model-${index}` };
      metrics.measure({ ...RECORD, ...named, method: `METHOD${index}`, error: `error-${index}` }, "bedrock");
      // Made up, and never answered for.
      metrics.measure({ ...RECORD, ...named, upstreamModel: null, model: `made-up-${index}`, status: 404 }, "bedrock");
    }
    const text = await metrics.format();
    const distinct = (attribute: string): Set<string | undefined> =>
      new Set([...text.matchAll(new RegExp(`${attribute}="([^"]*)"`, "g"))].map(([, value]) => value));

    expect([...distinct("claude_on_aws_caller")].toSorted()).toEqual(["caller-0", "caller-1", "other"]);
    expect(distinct("gen_ai_request_model").size).toBe(102);
    expect(distinct("error_type").size).toBe(51);
    expect([...distinct("http_request_method")].toSorted()).toEqual(["POST", "_OTHER"]);
    expect(text).not.toContain("made-up");
  });

  test("pushes by OTLP what is not pushed yet when it ends", async () => {
    const { url, pushed } = await startCollector();
    const metrics = await createMetrics({ otlpUrl: url });
    metrics.measure(RECORD, "bedrock");
    await metrics.close();
    const body = JSON.parse(await pushed) as { resourceMetrics: readonly object[] };

    expect(JSON.stringify(body.resourceMetrics)).toContain("claude_on_aws.gateway.spend");
    expect(JSON.stringify(body.resourceMetrics)).toContain("aws.bedrock");
  });
});

import type { RequestHead } from "@claude-on-aws/listen";
import { describe, expect, test } from "vitest";
import { GatewayError } from "../gateway-error.ts";
import { type MetricsReaders, readMetrics } from "./read-metrics.ts";

const METRICS = { format: async () => "# metrics\n" };
const HERE: MetricsReaders = { token: undefined, isReachable: false };

const head = (...headers: RequestHead["headers"]): RequestHead => ({
  method: "GET",
  target: "/metrics",
  headers,
  httpVersion: "1.1",
});

const statusOf = async (readers: MetricsReaders, ...headers: RequestHead["headers"]): Promise<number> =>
  (await readMetrics(METRICS, readers, head(...headers))).status;

describe("readMetrics()", () => {
  test.each(["127.0.0.1:4343", "localhost", "[::1]:4343"])("is for anybody on loopback: %s", async (host) => {
    expect(await statusOf(HERE, ["Host", host])).toBe(200);
  });

  test("is for nobody who comes by a name that merely leads to loopback", async () => {
    expect(await statusOf(HERE, ["host", "rebound.example:4343"])).toBe(401);
    expect(await statusOf(HERE, [":authority", "rebound.example:4343"])).toBe(401);
  });

  test("is for nobody where others reach the gateway and no token was configured", async () => {
    expect(await statusOf({ token: undefined, isReachable: true }, ["host", "127.0.0.1"])).toBe(401);
  });

  test.each<[string, RequestHead["headers"], number]>([
    ["its token", [["authorization", "Bearer scrape"]], 200],
    ["another", [["authorization", "Bearer scraped"]], 401],
    ["none", [], 401],
    [
      "two",
      [
        ["authorization", "Bearer scrape"],
        ["authorization", "Bearer scrape"],
      ],
      401,
    ],
  ])("is asked for a token where one was configured: %s", async (_, headers, status) => {
    expect(await statusOf({ token: "scrape", isReachable: true }, ["host", "gateway.example"], ...headers)).toBe(
      status,
    );
  });

  test("says what is to be installed", async () => {
    const broken = {
      format: () => Promise.reject(new GatewayError("PEER_MISSING", 'run "npm install @opentelemetry/api"')),
    };
    const { status, body } = await readMetrics(broken, HERE, head(["host", "localhost"]));

    expect(status).toBe(501);
    expect(new TextDecoder().decode(body as Uint8Array)).toContain("npm install");
  });
});

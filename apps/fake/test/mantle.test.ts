import { formatServiceHost } from "@claude-on-aws/endpoints";
import { GEOGRAPHIES } from "@claude-on-aws/bedrock";
import type { WireRequest } from "@claude-on-aws/auth/sigv4";
import { describe, expect, test } from "vitest";
import { createFakeCore, type FakeOptions } from "../src/server.ts";
import { SERVED_MODELS } from "../src/models/served-models.ts";
import { GOOD, sign, withBody, withHeader } from "./support/requests.ts";

const REGIONS = ["us-east-1", "eu-west-1", "ap-northeast-1", "us-gov-west-1"];
const PATHS = ["/v1/messages", "/v1/messages/count_tokens"];
const hostIn = (region: string): string => formatServiceHost({ provider: "mantle", region });

interface Asked {
  readonly host?: string;
  readonly region?: string;
  readonly service?: string;
  readonly target?: string;
  readonly model?: string;
  readonly facts?: FakeOptions["facts"];
}

async function ask({ region = "us-east-1", service = "bedrock-mantle", ...asked }: Asked) {
  const fake = createFakeCore({ facts: asked.facts ?? {} });
  const { host = "127.0.0.1:4242", target = "/anthropic/v1/messages", model = "anthropic.claude-opus-5" } = asked;
  const made: WireRequest = { ...withHeader(GOOD.mantle.request(4242), "host", host), target };
  const counted = target.endsWith("/count_tokens") ? { max_tokens: undefined } : {};
  const signed = await sign(withBody(made, { model, ...counted }), service, { region });
  const { status, headers, body } = await fake.handle({ ...signed, wire: "received" });
  const { error, ...rest } = JSON.parse(new TextDecoder().decode(body as Uint8Array));
  const findings = fake.journal.snapshot().exchanges.at(-1)?.findings ?? [];
  const broken = findings.filter(({ level }) => level === "fail").map(({ rule }) => rule);
  return { status, error, headers, rest, broken };
}

describe("the Messages endpoint of Amazon Bedrock", () => {
  test.each(REGIONS.flatMap((region) => PATHS.map((path) => [region, `/anthropic${path}`] as const)))(
    "takes the scopes bedrock and bedrock-mantle, and no other, in %s at %s",
    async (region, target) => {
      const host = hostIn(region);
      for (const service of ["bedrock", "bedrock-mantle"]) {
        expect(await ask({ host, region, service, target })).toMatchObject({ status: 200, broken: [] });
      }
      for (const service of ["bedrock-bogus", "s3", "bedrock-runtime"]) {
        expect(await ask({ host, region, service, target })).toMatchObject({
          status: 401,
          error: { message: "Credential should be scoped to correct service: 'bedrock'." },
          broken: ["sigv4-service-in-scope"],
        });
      }
    },
  );

  test.each(REGIONS.flatMap((region) => PATHS.map((path) => [region, path] as const)))(
    "has its prefix in %s: %s is there only behind a base URL that was replaced",
    async (region, target) => {
      expect(await ask({ region, target })).toMatchObject({ status: 200 });
      const { status, error, headers, broken } = await ask({ host: hostIn(region), region, target });

      expect([status, error.type, broken]).toEqual([404, "not_found_error", ["route-known"]]);
      expect(new Map(headers).get("x-claude-on-aws-hint")).toContain("/anthropic");
    },
  );

  test("knows no model under an ID with a geography, and each that has a twin without", async () => {
    const models = SERVED_MODELS.filter(({ onMessagesApi }) => onMessagesApi);
    for (const { id } of models) {
      expect([id, (await ask({ model: `anthropic.${id}` })).status]).toEqual([id, 200]);
      for (const geography of GEOGRAPHIES) {
        const model = `${geography}.anthropic.${id}`;
        expect(await ask({ model })).toMatchObject({
          status: 404,
          error: { type: "not_found_error", message: `The model '${model}' does not exist` },
          broken: ["model-known"],
        });
      }
    }
    expect(models.length * GEOGRAPHIES.length).toBeGreaterThan(80);
  });
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CLAUDE_SERVICES } from "./claude-services.ts";
import { formatServiceHost } from "./format-service-host.ts";
import { parseServiceHost } from "./parse-service-host.ts";
import type { ServiceHost } from "./service-host.ts";

const bedrock = (plane: "runtime" | "control", region: string, more: Partial<ServiceHost> = {}): ServiceHost => ({
  provider: "bedrock",
  service: "bedrock",
  region,
  plane,
  ...more,
});
const platform = (region: string, more: Partial<ServiceHost> = {}): ServiceHost => ({
  provider: "anthropic-aws",
  service: "aws-external-anthropic",
  region,
  ...more,
});
const mantle = (region: string, more: Partial<ServiceHost> = {}): ServiceHost => ({
  provider: "mantle",
  service: "bedrock-mantle",
  region,
  ...more,
});

/** Hosts as AWS writes them. */
const HOSTS: readonly (readonly [string, ServiceHost])[] = [
  ["aws-external-anthropic.us-west-2.api.aws", platform("us-west-2")],
  ["bedrock-runtime.eu-west-1.amazonaws.com", bedrock("runtime", "eu-west-1")],
  ["bedrock-runtime-fips.us-gov-west-1.amazonaws.com", bedrock("runtime", "us-gov-west-1", { fips: true })],
  ["bedrock.us-gov-east-1.amazonaws.com", bedrock("control", "us-gov-east-1")],
  ["bedrock.cn-north-1.amazonaws.com.cn", bedrock("control", "cn-north-1")],
  ["bedrock-fips.us-east-1.amazonaws.com", bedrock("control", "us-east-1", { fips: true })],
  ["bedrock-runtime.us-iso-east-1.c2s.ic.gov", bedrock("runtime", "us-iso-east-1")],
  ["bedrock-runtime.eusc-de-east-1.amazonaws.eu", bedrock("runtime", "eusc-de-east-1")],
  ["bedrock-mantle.us-east-1.api.aws", mantle("us-east-1")],
  [
    "vpce-0a1b2c3d4e5f67890-abcd1234.bedrock-runtime.us-east-1.vpce.amazonaws.com",
    bedrock("runtime", "us-east-1", { vpcEndpoint: "vpce-0a1b2c3d4e5f67890-abcd1234" }),
  ],
  [
    "vpce-0a1b2c3d4e5f67890-abcd1234-us-east-1a.bedrock.us-east-1.vpce.amazonaws.com",
    bedrock("control", "us-east-1", { vpcEndpoint: "vpce-0a1b2c3d4e5f67890-abcd1234-us-east-1a" }),
  ],
  [
    "vpce-0a1b-c2d3.bedrock-runtime-fips.us-gov-west-1.vpce.amazonaws.com",
    bedrock("runtime", "us-gov-west-1", { fips: true, vpcEndpoint: "vpce-0a1b-c2d3" }),
  ],
  [
    "vpce-0a1b-c2d3.bedrock-runtime.cn-north-1.vpce.amazonaws.com.cn",
    bedrock("runtime", "cn-north-1", { vpcEndpoint: "vpce-0a1b-c2d3" }),
  ],
  [
    "vpce-0a1b-c2d3.bedrock-mantle.us-east-1.vpce.amazonaws.com",
    mantle("us-east-1", { vpcEndpoint: "vpce-0a1b-c2d3" }),
  ],
  [
    "vpce-0a1b-c2d3.aws-external-anthropic.us-west-2.vpce.amazonaws.com",
    platform("us-west-2", { vpcEndpoint: "vpce-0a1b-c2d3" }),
  ],
];

describe("parseServiceHost()", () => {
  test.each(HOSTS)("reads %s", (host, read) => {
    expect(parseServiceHost(host)).toStrictEqual(read);
  });

  test.each(HOSTS)("reads %s whatever its case, with a port, and fully qualified", (host, read) => {
    for (const written of [host.toUpperCase(), `${host}:443`, `${host}.`, `${host}.:8443`, ` ${host}\n`]) {
      expect(parseServiceHost(written)).toStrictEqual(read);
    }
  });

  test.each([
    ["BEDROCK-runtime.eu-west-1.amazonaws.com:443", bedrock("runtime", "eu-west-1")],
    ["Bedrock-FIPS.us-east-1.amazonaws.com", bedrock("control", "us-east-1", { fips: true })],
    // As Anthropic's SDKs write it in every partition.
    ["bedrock-runtime.cn-north-1.amazonaws.com", bedrock("runtime", "cn-north-1")],
  ])("reads %s, which AWS would write otherwise", (host, read) => {
    expect(parseServiceHost(host)).toStrictEqual(read);
  });

  test.each([
    "",
    "127.0.0.1:4242",
    "bedrock.us-east-1.amazonaws.com.example.com",
    "x.bedrock.us-east-1.amazonaws.com",
    "bedrock-runtime.us-east-1.amazonaws.com/",
    "user@bedrock-runtime.us-east-1.amazonaws.com",
    "bedrock-agent.us-east-1.amazonaws.com",
    "bedrock-runtime.amazonaws.com",
    "bedrock-runtime.us-east-1.api.aws",
    "bedrock-mantle-fips.us-east-1.api.aws",
    "bedrock-mantle.us-east-1.amazonaws.com",
    "aws-external-anthropic.amazonaws.com",
    "aws-external-anthropic.us-west-2.api.aws..",
    "bedrock-runtime.us-east-1.vpce.amazonaws.com",
    "vpce-0a1b.bedrock-runtime.us-east-1.amazonaws.com",
    "vpce-0a1b.bedrock-mantle.us-east-1.vpce.api.aws",
    "vpce-0a1b.s3.us-east-1.vpce.amazonaws.com",
    "vpce-0a1b.us-east-1.vpce.amazonaws.com",
    `vpce-${"a".repeat(300)}.bedrock.us-east-1.vpce.amazonaws.com`,
  ])("knows nothing of %j", (host) => {
    expect(parseServiceHost(host)).toBeUndefined();
  });

  test("never throws, and gives a region and a label that can be part of a host", () => {
    const pieces = fc.constantFrom(
      "bedrock",
      "-runtime",
      "-fips",
      "vpce-",
      ".",
      "us-east-1",
      "amazonaws.com",
      "api.aws",
      "a",
      "-",
      ":",
      "1",
      " ",
      "\u212A",
      "/",
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join("")),
        ),
        (host) => {
          const read = parseServiceHost(host);
          if (read === undefined) return;
          expect(read.region).toMatch(/^[a-z0-9-]+$/);
          expect(read.vpcEndpoint ?? "vpce-0").toMatch(/^vpce-[a-z0-9-]+$/);
        },
      ),
    );
  });

  test.each([
    ["vpce-", "-"],
    ["bedrock-runtime.", "a"],
    ["bedrock.us-east-1.", "a."],
    ["bedrock.us-east-1.amazonaws.com:", "1"],
    ["bedrock.us-east-1.amazonaws.com", " "],
    ["", " "],
    ["vpce-", "vpce-"],
  ])("goes through a hostile host once: %j and %j again and again", (start, again) => {
    // A backtracking expression would not come to an end with these.
    expect(parseServiceHost(`${start}${again.repeat(290 - start.length)}!`)).toBeUndefined();
    expect(parseServiceHost(`${start}${again.repeat(1_000_000)}!`)).toBeUndefined();
  });
});

describe("formatServiceHost()", () => {
  test.each(HOSTS)("writes %s", (host, parts) => {
    expect(formatServiceHost(parts)).toBe(host);
  });

  test("writes what parseServiceHost() reads", () => {
    const label = fc.stringMatching(/^[a-z0-9-]{1,20}$/);
    const region = fc.oneof(
      fc.constantFrom("us-east-1", "us-gov-west-1", "cn-north-1", "eusc-de-east-1", "us-isob-east-1", "eu-isoe-west-1"),
      label,
    );
    const vpcEndpoint = fc.option(
      label.map((id) => ({ vpcEndpoint: `vpce-${id}` })),
      { nil: {} },
    );
    const fips = fc.constantFrom({}, { fips: true as const });
    const hosts = fc.oneof(
      fc
        .tuple(fc.constantFrom("runtime" as const, "control" as const), region, fips, vpcEndpoint)
        .map(([plane, name, ...more]) => bedrock(plane, name, Object.assign({}, ...more))),
      fc.tuple(fc.constantFrom(platform, mantle), region, vpcEndpoint).map(([make, name, more]) => make(name, more)),
    );
    fc.assert(
      fc.property(hosts, (host) => {
        expect(parseServiceHost(formatServiceHost(host))).toStrictEqual(host);
      }),
    );
  });

  test("means the runtime of Amazon Bedrock, where no plane is named", () => {
    expect(formatServiceHost({ provider: "bedrock", region: "cn-north-1" })).toBe(
      "bedrock-runtime.cn-north-1.amazonaws.com.cn",
    );
  });

  test("makes a pattern of a region in braces", () => {
    expect(formatServiceHost({ provider: "mantle", region: "{region}" })).toBe("bedrock-mantle.{region}.api.aws");
  });

  test.each(["anthropic-aws", "mantle"] as const)("writes no FIPS host for %s, which has none", (provider) => {
    expect(() => formatServiceHost({ provider, region: "us-east-1", fips: true })).toThrow(
      expect.objectContaining({
        code: "HOST_UNKNOWN",
        provider,
        message: expect.stringContaining(CLAUDE_SERVICES[provider].title),
      }),
    );
  });
});

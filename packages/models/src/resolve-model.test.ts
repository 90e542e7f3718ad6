import { geographyOfRegion } from "@claude-on-aws/bedrock";
import fc from "fast-check";
import { readJson } from "@claude-on-aws/fixtures";
import { describe, expect, test } from "vitest";
import {
  MODEL_ALIASES,
  MODELS,
  profileRegions,
  resolveAlias,
  resolveGeography,
  resolveModel,
  type ModelAlias,
  type ModelProvider,
} from "./index.ts";

interface DatedAlias {
  readonly clientVersion: string;
  readonly provider: ModelProvider;
  readonly alias: ModelAlias;
  readonly id: string;
}
const DATED_ALIASES = readJson<DatedAlias[]>("models/dated-aliases.json");
const ARN = "arn:aws:bedrock:us-east-2:123456789012:application-inference-profile/abc123def456";

describe("resolveModel()", () => {
  test.each(DATED_ALIASES)("reads $alias on $provider in $clientVersion as $id", ({ id, alias, ...options }) => {
    expect(resolveModel(alias, { ...options, region: "us-east-1" }).id).toBe(id);
  });

  test.each(profileRegions())("writes the geography of %s before every model", (region) => {
    for (const { id, bedrockId } of MODELS) {
      expect(resolveModel(id, { provider: "bedrock", region }).id).toBe(`${geographyOfRegion(region)}.${bedrockId}`);
    }
  });

  test("prefers the geography of the region among the listed profiles, then the first that fits", () => {
    const inferenceProfiles = ["global.anthropic.claude-opus-5-5", "eu.anthropic.claude-opus-5-5"];
    const options = { provider: "bedrock", inferenceProfiles } as const;
    expect(resolveModel("opus", { ...options, region: "eu-west-1" }).id).toBe("eu.anthropic.claude-opus-5-5");
    expect(resolveModel("opus", { ...options, region: "us-east-1" }).id).toBe("global.anthropic.claude-opus-5-5");
    expect(resolveModel("claude-opus-5", { ...options, region: "us-east-1" }).id).toBe("us.anthropic.claude-opus-5");
  });

  test("passes every text through that is neither an alias nor an id of the first party", () => {
    const known = new Set([...MODEL_ALIASES, ...MODELS.map(({ id }) => id)].map((name) => name.toLowerCase()));
    const providers = fc.constantFrom<ModelProvider>("anthropic-aws", "bedrock", "mantle", "foundry", "anthropic");
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), providers, (text, provider) => {
        fc.pre(!known.has(text.trim().toLowerCase()) && !/\[1m\]$/i.test(text.trim()) && text.trim() !== "");
        expect(resolveModel(text, { provider }).id).toBe(text.trim());
      }),
    );
  });

  test.each(MODELS)("asks for the 1M window of $id by a beta only if it needs one", ({ id, needs1mBeta }) => {
    const options = { provider: "bedrock" } as const;
    expect(resolveModel(`${id}[1M]`, options)).toMatchObject({ context1m: true, needs1mBeta });
    expect(resolveModel(id, options)).toMatchObject({ context1m: false, needs1mBeta: false });
    expect(resolveModel(`${id}[1m]`, { ...options, disable1mContext: true })).toMatchObject({ context1m: false });
  });

  test("looks up an application profile that it was given, and not one that an override names", () => {
    const overrides = new Map([["claude-opus-4-7", ARN]]);
    expect(resolveModel(`${ARN}[1m]`, { provider: "bedrock" })).toMatchObject({
      id: ARN,
      lookUp: ARN,
      needs1mBeta: true,
      model: null,
    });
    expect(resolveModel("claude-opus-4-7[1m]", { provider: "bedrock", overrides })).toMatchObject({
      id: ARN,
      lookUp: null,
      needs1mBeta: false,
      decision: "override",
    });
  });

  test.each(["[1m]", "claude-", "anthropic.", "arn:", "-v1", "us."])("reads a megabyte of %s", (piece) => {
    const text = piece.repeat(1_000_000 / piece.length);
    expect(resolveModel(text, { provider: "bedrock" }).id).toBe(piece === "[1m]" ? "" : text);
  });

  test("follows a pin with its own suffix", () => {
    const pins = { opus: "claude-opus-4-6[1m]" };
    expect(resolveModel("opus", { provider: "anthropic-aws", pins })).toMatchObject({
      id: "claude-opus-4-6",
      context1m: true,
      pin: "opus",
      decision: "pin",
    });
  });
});

describe("resolveAlias()", () => {
  test.each(["anthropic-aws", "bedrock", "mantle", "foundry", "vertex", "anthropic"] as const)(
    "has an id for every alias on %s, whatever the version",
    (provider) => {
      for (const alias of MODEL_ALIASES) {
        for (const version of ["0.0.1", "1.0.51", "2.1.197", "2.1.329", "99"]) {
          expect(resolveAlias(alias, provider, version).id).toMatch(/^claude-/);
        }
      }
    },
  );
});

describe("resolveGeography()", () => {
  test.each([
    ["us-east-1", "global", "global"],
    ["us-east-1", "jp", "jp"],
    ["us-east-1", "EU", "us"],
    ["us-east-1", "us-gov", "us"],
    ["us-gov-west-1", "global", "us-gov"],
    ["eu-west-1", null, "eu"],
  ])("chooses, for %s and the prefix %s, %s", (region, prefix, geography) => {
    expect(resolveGeography(region, prefix)).toBe(geography);
  });
});

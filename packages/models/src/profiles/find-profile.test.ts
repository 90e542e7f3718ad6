import { GEOGRAPHIES, type Geography } from "@claude-on-aws/bedrock";
import { partitionOfRegion } from "@claude-on-aws/endpoints";
import { describe, expect, test } from "vitest";
import {
  findProfiles,
  isServedBare,
  MODEL_PROFILES,
  MODELS,
  profileEvidence,
  profileGeographies,
  profileRegions,
  PROFILE_ROUTES,
  routedRegions,
} from "../index.ts";

const REGIONS = profileRegions();
const IDS = MODEL_PROFILES.map(({ bedrockId }) => bedrockId);

describe("MODEL_PROFILES", () => {
  test("has models of the catalogue alone, each once", () => {
    const catalogue = MODELS.map(({ bedrockId }) => bedrockId);
    expect(IDS.filter((id) => !catalogue.includes(id))).toEqual([]);
    expect(new Set(IDS).size).toBe(IDS.length);
  });

  test("does not say by accident that nothing is known", () => {
    const cells = MODEL_PROFILES.flatMap(({ bedrockId, evidence }) =>
      GEOGRAPHIES.filter((geography) => evidence[geography] === "unknown").map((name) => `${name}.${bedrockId}`),
    );
    // Of GovCloud no page names the profiles of these.
    expect(cells.filter((id) => !id.startsWith("us-gov."))).toEqual([]);
    expect(cells).toHaveLength(7);
  });
});

describe("PROFILE_ROUTES", () => {
  test.each(GEOGRAPHIES)("calls the profiles of %s from each region once, within one partition", (geography) => {
    const sources = profileRegions(geography);
    expect(sources.length).toBeGreaterThan(0);
    expect(new Set(sources).size).toBe(sources.length);
    const partition = geography === "us-gov" ? "aws-us-gov" : "aws";
    expect(new Set(sources.map((region) => partitionOfRegion(region).name))).toEqual(new Set([partition]));
  });

  test.each(PROFILE_ROUTES.map((route) => [route.geography, route] as const))(
    "routes %s to regions of Bedrock",
    (_, route) => {
      for (const region of [...route.sources, ...route.routed.filter((name) => name !== "")])
        expect(REGIONS).toContain(region);
      for (const id of route.without) expect(IDS).toContain(id);
    },
  );
});

describe("routedRegions()", () => {
  test.each<[Geography, string, readonly string[]]>([
    ["us", "us-east-1", ["us-east-1", "us-east-2", "us-west-2"]],
    ["us", "us-west-1", ["us-east-1", "us-east-2", "us-west-2", "us-west-1"]],
    ["au", "ap-southeast-2", ["ap-southeast-2", "ap-southeast-4"]],
    ["in", "ap-south-1", ["ap-south-1", "ap-south-2"]],
    ["global", "mx-central-1", ["", "mx-central-1"]],
    ["eu", "us-east-1", []],
    ["us-gov", "us-east-1", []],
    ["global", "us-gov-west-1", []],
  ])("of %s from %s are %j", (geography, region, expected) => {
    expect(routedRegions(geography, "anthropic.claude-sonnet-4-6", region)).toEqual(expected);
  });

  test("without a region are those of all sources together", () => {
    for (const geography of GEOGRAPHIES) {
      const each = REGIONS.flatMap((region) => routedRegions(geography, "anthropic.claude-opus-5", region));
      expect(new Set(routedRegions(geography, "anthropic.claude-opus-5", null))).toEqual(new Set(each));
    }
  });

  test("leave out a region for the models that it lacks", () => {
    expect(routedRegions("us", "anthropic.claude-sonnet-4-5-20250929-v1:0", "ca-west-1")).toEqual([]);
    expect(routedRegions("us", "anthropic.claude-sonnet-4-6", "ca-west-1")).toContain("ca-west-1");
  });
});

describe("findProfiles()", () => {
  // What a page listed in Tokyo on 2026-09-23, and what reports found there and in Mumbai.
  test.each([
    ["anthropic.claude-opus-5-5", "ap-northeast-1", ["jp", "global"]],
    ["anthropic.claude-haiku-4-5-20251001-v1:0", "ap-northeast-1", ["jp", "global"]],
    ["anthropic.claude-haiku-4-5-20251001-v1:0", "ap-south-1", ["in", "global"]],
    ["anthropic.claude-sonnet-4-20250514-v1:0", "ap-northeast-1", ["apac", "global"]],
    ["anthropic.claude-opus-4-8", "eu-central-1", ["eu", "global"]],
  ])("of %s in %s have the geographies %j", (bedrockId, region, geographies) => {
    expect(findProfiles(bedrockId, region).map(({ geography }) => geography)).toEqual(geographies);
  });

  test("lists what has evidence, for every model, geography and region", () => {
    for (const bedrockId of [...IDS, "anthropic.claude-opus-9"]) {
      for (const region of [...REGIONS, "ap-future-1", null]) {
        const listed = findProfiles(bedrockId, region).map(({ id }) => id);
        for (const geography of GEOGRAPHIES) {
          const there = profileEvidence(geography, bedrockId, region) !== "absent";
          expect(listed.includes(`${geography}.${bedrockId}`), `${geography} ${bedrockId} ${region}`).toBe(there);
        }
      }
    }
  });

  test("of a model or a region that no table has are all that a client could mean", () => {
    expect(findProfiles("anthropic.claude-opus-9", "us-east-1").map(({ geography }) => geography)).toEqual([
      "us",
      "global",
    ]);
    expect(profileGeographies("ap-future-1")).toEqual(["apac", "global"]);
    expect(routedRegions("global", "anthropic.claude-opus-9", "ap-future-1")).toEqual(["", "ap-future-1"]);
  });
});

describe("isServedBare()", () => {
  test("is true in the region that a card names, and nowhere else", () => {
    const served = REGIONS.filter((region) => isServedBare("anthropic.claude-opus-5-5", region));
    expect(served).toEqual(["eu-west-2"]);
    expect(isServedBare("anthropic.claude-opus-5-5", null)).toBe(false);
  });
});

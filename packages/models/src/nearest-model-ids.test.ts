import { GEOGRAPHIES } from "@claude-on-aws/bedrock";
import { describe, expect, test } from "vitest";
import { MODELS } from "./catalogue.ts";
import { messagesApiIds } from "./messages-api-ids.ts";
import { nearestModelIds } from "./nearest-model-ids.ts";
import { findProfiles, isServedBare, profileEvidence } from "./profiles/find-profile.ts";

const REGIONS = ["us-east-1", "eu-central-1", "ap-northeast-1", "ap-southeast-2", "ap-south-1", "us-gov-west-1"];

/** Mistakes that leave an id readable. */
const MISTAKES: Readonly<Record<string, (id: string) => string>> = {
  "the suffix of the window": (id) => `${id}[1m]`,
  "a letter too few": (id) => id.replace("claude", "clade"),
  "two letters that changed places": (id) => id.replace("anthropic", "anthropci").replace("claude", "cluade"),
  "a letter too many": (id) => `${id}x`,
};

describe("nearestModelIds() on Bedrock", () => {
  test.each(Object.entries(MISTAKES))(
    "names only what the region has of the model that was meant: %s",
    (_, mistake) => {
      for (const { bedrockId } of MODELS) {
        for (const region of REGIONS) {
          const has = findProfiles(bedrockId, region).map(({ id }) => id);
          const taken = isServedBare(bedrockId, region) ? [bedrockId, ...has] : has;
          for (const geography of GEOGRAPHIES) {
            const found = nearestModelIds(mistake(`${geography}.${bedrockId}`), { provider: "bedrock", region });

            expect([bedrockId, region, found.toSorted()]).toEqual([bedrockId, region, taken.toSorted()]);
            if (profileEvidence(geography, bedrockId, region) === "absent") continue;
            expect(found[0]).toBe(`${geography}.${bedrockId}`);
          }
        }
      }
    },
  );

  test.each([
    ["an ARN of another region", "arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-opus-5"],
    ["the ARN of a model", "arn:aws:bedrock:eu-west-1::foundation-model/anthropic.claude-opus-5"],
    ["the first party's spelling", "claude-opus-5"],
    ["another geography", "us.anthropic.claude-opus-5"],
  ])("reads %s", (_, id) => {
    expect(nearestModelIds(id, { provider: "bedrock", region: "eu-west-1" })).toEqual([
      "eu.anthropic.claude-opus-5",
      "global.anthropic.claude-opus-5",
    ]);
  });

  test("names nothing where nothing is near", () => {
    for (const id of [
      "",
      "gpt-4o",
      "x".repeat(100_000),
      "arn:aws:bedrock:us-east-1:1:application-inference-profile/a",
    ]) {
      expect(nearestModelIds(id, { provider: "bedrock", region: "us-east-1" })).toEqual([]);
    }
  });
});

describe.each([
  ["anthropic-aws", ""],
  ["mantle", "anthropic."],
] as const)("nearestModelIds() on %s", (provider, prefix) => {
  test("names what is served there, for an id of Bedrock and for one with a mistake", () => {
    const taken = messagesApiIds();
    for (const { id, bedrockId } of MODELS.filter((model) => taken.includes(model.id))) {
      for (const written of [`us.${bedrockId}`, bedrockId, `${id}[1m]`, `${id}x`, id.replace("claude", "clade")]) {
        expect([written, nearestModelIds(written, { provider, region: null })]).toEqual([written, [prefix + id]]);
      }
    }
  });
});

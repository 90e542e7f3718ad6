import { MODELS as catalogue } from "@claude-on-aws/models";
import { describe, expect, test } from "vitest";
import { canonicalId, findOnBedrock, findOnMessagesApi, SERVED_MODELS, servedModels } from "./served-models.ts";

describe("SERVED_MODELS", () => {
  test("has every model of the catalogue, under its IDs", () => {
    for (const { bedrockId } of catalogue) expect(findOnBedrock(bedrockId, [])).toMatchObject({ bedrockId });
    expect(SERVED_MODELS.map(canonicalId)).toEqual(expect.arrayContaining(catalogue.map(({ id }) => id)));
  });

  test("has each ID once, and the highest version first", () => {
    expect(new Set(SERVED_MODELS.map(canonicalId)).size).toBe(SERVED_MODELS.length);
    expect(new Set(SERVED_MODELS.map(({ bedrockId }) => bedrockId)).size).toBe(SERVED_MODELS.length);
    expect(SERVED_MODELS[0]?.id).toMatch(/-5-5$/);
  });

  // As the page about Claude Platform on AWS names them.
  test.each([
    "claude-fable-5",
    "claude-opus-5",
    "claude-opus-4-8",
    "claude-opus-4-7",
    "claude-opus-4-6",
    "claude-opus-4-5",
    "claude-sonnet-5",
    "claude-sonnet-4-6",
    "claude-sonnet-4-5",
    "claude-haiku-4-5",
  ])("serves %s on the Messages API", (id) => {
    expect(findOnMessagesApi(id, [])?.displayName).toMatch(/^Claude (Fable|Opus|Sonnet|Haiku) \d(\.\d)?$/);
  });

  test("serves older ones on Amazon Bedrock alone", () => {
    expect(findOnMessagesApi("claude-3-7-sonnet-20250219", [])).toBeUndefined();
    expect(findOnBedrock("anthropic.claude-3-7-sonnet-20250219-v1:0", [])?.displayName).toBe("Claude Sonnet 3.7");
  });
});

describe("servedModels()", () => {
  test("puts the models of an option first, whatever spelling they are in", () => {
    const added = ["claude-opus-9", "us.anthropic.claude-fable-9-v1:0"];

    expect(servedModels(added)[0]?.bedrockId).toBe("anthropic.claude-opus-9");
    expect(findOnBedrock("anthropic.claude-fable-9-v1:0", added)).toBeDefined();
    expect(findOnMessagesApi("claude-opus-9", added)).toBeDefined();
    expect(findOnMessagesApi("claude-opus-9", [])).toBeUndefined();
  });
});

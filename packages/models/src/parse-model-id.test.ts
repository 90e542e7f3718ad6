import { soakProperty } from "@claude-on-aws/fixtures";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { convertModelId, findModel, formatModelId, ModelError, MODELS, parseModelId } from "./index.ts";

describe("parseModelId()", () => {
  test.each([
    [
      "claude-opus-5-5",
      { family: "opus", version: [5, 5], date: null, revision: null, vendor: false, geography: null },
    ],
    ["claude-opus-5", { family: "opus", version: [5, 0] }],
    ["CLAUDE-OPUS-4-7", { family: "opus", version: [4, 7] }],
    ["claude-3-5-haiku-20241022", { family: "haiku", version: [3, 5], date: "20241022", familyLast: true }],
    ["us.anthropic.claude-opus-4-6-v1", { geography: "us", vendor: true, revision: "v1" }],
    ["us-gov.anthropic.claude-sonnet-4-5-20250929-v1:0", { geography: "us-gov", revision: "v1:0", date: "20250929" }],
    ["claude-sonnet-4-6[1m]", { context1m: true }],
  ])("reads %s", (text, parts) => {
    expect(parseModelId(text)).toMatchObject(parts);
  });

  test.each([
    "",
    "opus",
    "claude-",
    "claude-opus",
    "claude-opus-5-5-5",
    "claude-opus-555",
    "claude-5",
    "gpt-5",
    "ca.anthropic.claude-opus-5",
    "anthropic.claude-v2:1",
    "claude-opus-4-6-v1",
    "my-claude-opus-5",
  ])("refuses %j", (text) => {
    expect(() => parseModelId(text)).toThrow(expect.objectContaining({ name: "ModelError", code: "MODEL_ID" }));
  });

  test("throws nothing but its own error, and is the inverse of formatModelId()", () => {
    const parts = fc.constantFrom(
      "claude",
      "-",
      ".",
      "anthropic",
      "us",
      "opus",
      "5",
      "20250101",
      "v1",
      ":0",
      "[1m]",
      "",
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 12 }), (pieces) => {
        const text = pieces.join("");
        try {
          const id = parseModelId(text);
          expect(parseModelId(formatModelId(id))).toEqual(id);
        } catch (error) {
          if (!(error instanceof ModelError)) throw error;
        }
      }),
      soakProperty(20_000, 2_000),
    );
  });
});

describe("formatModelId()", () => {
  test.each(MODELS.flatMap(({ id, bedrockId, mantleId }) => [id, `eu.${bedrockId}`, mantleId ?? id]))(
    "writes %s as it was read",
    (id) => {
      expect(formatModelId(parseModelId(id))).toBe(id);
    },
  );
});

describe("convertModelId()", () => {
  test.each(MODELS)("takes $id to Bedrock and back", ({ id, bedrockId }) => {
    const profile = convertModelId(id, "bedrock", { geography: "global" });
    expect(profile).toBe(`global.${bedrockId}`);
    expect(convertModelId(profile, "anthropic")).toBe(id);
  });

  test.each(MODELS.filter(({ mantleId }) => mantleId !== null))("takes $id to Mantle and back", ({ id, mantleId }) => {
    expect(convertModelId(id, "mantle")).toBe(mantleId);
    expect(convertModelId(`${mantleId}[1m]`, "anthropic")).toBe(`${id}[1m]`);
  });

  test.each([
    ["opus", "bedrock", "MODEL_ID"],
    ["claude-opus-9", "bedrock", "MODEL_UNKNOWN"],
    ["claude-sonnet-4-6", "mantle", "MODEL_NOT_SERVED"],
  ] as const)("refuses to take %s to %s", (text, spelling, code) => {
    expect(() => convertModelId(text, spelling)).toThrow(expect.objectContaining({ code }));
  });
});

describe("findModel()", () => {
  test("finds a model without its date, and none by another date", () => {
    expect(findModel("claude-haiku-4-5")?.id).toBe("claude-haiku-4-5-20251001");
    expect(findModel("claude-haiku-4-5-20990101")).toBeUndefined();
  });
});

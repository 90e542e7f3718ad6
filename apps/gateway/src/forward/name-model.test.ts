import { describe, expect, test } from "vitest";
import type { GatewayRoute } from "../terms/gateway-route.ts";
import { nameModel, targetOf } from "./name-model.ts";

const PROFILE = "us.anthropic.claude-opus-5-5";

describe("targetOf()", () => {
  const route: GatewayRoute = {
    form: "messages",
    operation: "GetModel",
    target: "/v1/models/claude-opus-5-5?beta=true",
    pathModel: "claude-opus-5-5",
  };

  test("asks for a model under the name that the service has for it, and keeps the query", () => {
    expect(targetOf(route, PROFILE)).toBe(`/v1/models/${PROFILE}?beta=true`);
    expect(targetOf(route, "arn:aws:bedrock:us-east-1:1:x/a?b")).toBe(
      "/v1/models/arn%3Aaws%3Abedrock%3Aus-east-1%3A1%3Ax%2Fa%3Fb?beta=true",
    );
  });

  test.each<[string, Partial<GatewayRoute>, string | null]>([
    ["the service has the same name", {}, "claude-opus-5-5"],
    ["no name is known", {}, null],
    ["something else is asked for", { operation: "CreateMessage" }, PROFILE],
  ])("leaves the target as it was received where %s", (_, changes, upstreamModel) => {
    expect(targetOf({ ...route, ...changes }, upstreamModel)).toBe(route.target);
  });
});

describe("nameModel()", () => {
  const write = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

  test("names an inference profile as it was asked for", () => {
    const said = nameModel(write({ type: "model", id: PROFILE, display_name: "Opus" }), "claude-opus-5-5");

    expect(JSON.parse(new TextDecoder().decode(said))).toEqual({
      type: "model",
      id: "claude-opus-5-5",
      display_name: "Opus",
    });
  });

  test.each([
    ["an id of Claude Platform", write({ id: "claude-haiku-4-5-20251001" })],
    ["no id", write({ id: null })],
    ["no object", write(null)],
    ["no JSON", new TextEncoder().encode("{")],
  ])("keeps the bytes of %s", (_, bytes) => {
    expect(nameModel(bytes, "claude-haiku-4-5")).toBe(bytes);
  });
});

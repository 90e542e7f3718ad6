import { describe, expect, test } from "vitest";
import { refusalInBedrockForm } from "./bedrock-exceptions.ts";
import { OWN_REFUSALS, type OwnRefusalCode, refuse } from "./own-refusals.ts";
import { refusalReply } from "./refusal-reply.ts";

const read = (body: unknown): unknown => JSON.parse(new TextDecoder().decode(body as Uint8Array));
const refusal = refuse("CLIENT_SIGNED", "Cannot forward it", [["retry-after", "1"]]);

describe("refusalReply()", () => {
  test.each(["messages", "mantle", null] as const)("answers in the form of the Messages API alone: %s", (form) => {
    const { status, headers, body } = refusalReply(refusal, form);

    expect(status).toBe(401);
    expect(headers).toEqual([
      ["content-type", "application/json"],
      ["x-should-retry", "false"],
      ["x-claude-on-aws-refusal", "CLIENT_SIGNED"],
      ["retry-after", "1"],
    ]);
    expect(read(body)).toEqual({
      type: "error",
      error: { type: "authentication_error", message: "Cannot forward it" },
    });
  });

  test("says the same to AWS's SDKs where they read it", () => {
    const { headers, body } = refusalReply(refusal, "bedrock");

    expect(headers).toContainEqual(["x-amzn-errortype", "AccessDeniedException"]);
    expect(read(body)).toEqual({
      type: "error",
      error: { type: "authentication_error", message: "Cannot forward it" },
      message: "Cannot forward it",
    });
  });

  test("has an exception for every refusal", () => {
    const exceptions = (Object.keys(OWN_REFUSALS) as OwnRefusalCode[]).map(
      (code) => refusalReply(refuse(code, "x"), "bedrock").headers.find(([name]) => name === "x-amzn-errortype")?.[1],
    );

    expect(exceptions.filter((name) => !/^[A-Z]\w+Exception$/.test(name ?? ""))).toEqual([]);
  });
});

describe("refusalInBedrockForm()", () => {
  const write = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

  test("says what fetch refuses where AWS's SDKs read it", () => {
    const said = { type: "error", error: { type: "authentication_error", message: "Cannot sign" } };
    const { headers, body } = refusalInBedrockForm(write(said));

    expect(headers).toEqual([["x-amzn-errortype", "AccessDeniedException"]]);
    expect(read(body)).toEqual({ ...said, message: "Cannot sign" });
  });

  test.each([{ message: "x" }, { type: "error", error: { type: 1, message: "x" } }, null])("keeps %j", (value) => {
    const bytes = write(value);

    expect(refusalInBedrockForm(bytes)).toEqual({ headers: [], body: bytes });
  });
});

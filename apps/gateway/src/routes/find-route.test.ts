import { describe, expect, test } from "vitest";
import { findRoute } from "./find-route.ts";

describe("findRoute()", () => {
  test.each([
    ["POST", "/v1/messages?beta=true", "messages", "CreateMessage", "/v1/messages?beta=true", null],
    ["POST", "/anthropic/v1/messages", "mantle", "CreateMessage", "/v1/messages", null],
    ["POST", "/v1/messages/count_tokens", "messages", "CountTokens", "/v1/messages/count_tokens", null],
    ["GET", "/v1/models?limit=1000", "messages", "ListModels", "/v1/models?limit=1000", null],
    ["GET", "/v1/models/opus", "messages", "GetModel", "/v1/models/opus", "opus"],
    ["POST", "/v1/messages/batches", "messages", "Batches", "/v1/messages/batches", null],
    [
      "GET",
      "/v1/messages/batches/msgbatch_1/results",
      "messages",
      "Batches",
      "/v1/messages/batches/msgbatch_1/results",
      null,
    ],
    ["DELETE", "/v1/files/file_1", "messages", "Files", "/v1/files/file_1", null],
    ["HEAD", "/api/hello", "messages", "Hello", "/api/hello", null],
    ["GET", "/api/oauth/usage?skip_spend=1", "messages", "ReadUsage", "/api/oauth/usage?skip_spend=1", null],
    ["POST", "/model/a%2Fb/invoke", "bedrock", "InvokeModel", "/model/a%2Fb/invoke", "a/b"],
    ["POST", "/bedrock/model/m/converse-stream", "bedrock", "ConverseStream", "/model/m/converse-stream", "m"],
    [
      "GET",
      "/inference-profiles?type=SYSTEM_DEFINED",
      "bedrock",
      "InferenceProfiles",
      "/inference-profiles?type=SYSTEM_DEFINED",
      null,
    ],
  ])("%s %s", (method, target, form, operation, sent, pathModel) => {
    expect(findRoute(method, target)).toEqual({ form, operation, target: sent, pathModel });
  });

  test.each([
    ["PUT", "/v1/messages", ["POST"]],
    ["PUT", "/v1/files/file_1", ["GET", "DELETE"]],
  ])("%s %s is a path without that method", (method, target, methods) => {
    expect(findRoute(method, target)).toEqual(methods);
  });

  test.each([
    "/",
    "/v1/complete",
    "http://elsewhere.example/v1/messages",
    "//elsewhere.example/v1/messages",
    "/v1/files/x/v1/messages",
    "/v1/messages/batches/x/v1/messages",
    "/v1/messages/batches/../../../model/m/invoke",
    "/v1/messages/batches/%2e%2E/count_tokens",
    "/v1/models/..",
    "/model/../invoke",
    "/model/%2e%2e/invoke",
    "/model/m\\..\\x/invoke",
    "/v1/messages#/v1/files",
    "/v1/messages?a#b",
    "/anthropic/model/m/invoke",
    "*",
  ])("%s is none", (target) => {
    expect(findRoute("POST", target) ?? findRoute("GET", target)).toBeUndefined();
  });
});
